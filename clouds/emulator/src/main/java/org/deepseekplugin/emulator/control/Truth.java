package org.deepseekplugin.emulator.control;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.emulator.books.CallBook.Tally;
import org.deepseekplugin.emulator.machines.MachineState;
import org.deepseekplugin.emulator.offers.Market;

/// The clouds' own books, without lag, faults or pages.
///
/// @param live machines that are pending or running
/// @param launches every machine that was ever made, oldest first
/// @param calls by action
public record Truth(List<Live> live, List<Made> launches, Map<String, Tally> calls) {

    /// A machine that is wanted.
    public record Live(
            String id,
            String cloud,
            String zone,
            String type,
            Market market,
            MachineState state,
            String address,
            Optional<String> token,
            Map<String, String> tags,
            Instant launchedAt) {}

    /// A machine that was made, by the line in the launch book.
    ///
    /// @param tags those that it was made with
    public record Made(
            String id,
            String launch,
            String cloud,
            String zone,
            String type,
            Market market,
            Optional<String> token,
            Map<String, String> tags,
            Instant at) {}
}
