package org.deepseekplugin.cloud.testkit.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.InstanceId;

/// A cloud that [CloudDriverConformance] can put a driver to the test on: an emulator, or somebody
/// else's mock of the cloud. It can be disturbed, and it tells the truth. What it cannot do it
/// names in [#lacks]; the tests that need it are then skipped, aloud and in the report.
public interface CloudUnderTest extends AutoCloseable {

    /// What some test needs.
    enum Ability {
        /// The same token makes no second machine.
        TOKENS("idempotent client tokens"),
        /// [#refuse].
        REFUSALS("refusals"),
        /// [#capacity].
        CAPACITY("refusals for capacity"),
        /// [#disturb].
        DISTURBANCES("lost answers"),
        /// [#lag].
        LAG("lag"),
        /// [#calls].
        CALL_COUNTS("counted calls"),
        /// [#userData].
        USER_DATA("user data"),
        /// [#kill].
        KILL("dying machines");

        private final String what;

        Ability(String what) {
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    /// The driver's operations, whatever the cloud calls them.
    enum Operation {
        ALLOCATE,
        LIST,
        TERMINATE
    }

    /// What happens to one call after its work is done.
    enum Disturbance {
        /// The connection closes in place of the answer.
        RESET,
        /// No answer, for longer than the driver's deadline.
        HANG,
        /// Half of the answer, then the connection closes.
        TRUNCATE,
        /// The request arrives twice; the second answer is sent.
        DUPLICATE
    }

    /// @param otherZone in the same region
    /// @param instanceType a cheap one that both zones have
    record Site(String region, String zone, String otherZone, String instanceType) {}

    /// A machine that was made, as the cloud's own books say, without lag.
    record TrueMachine(InstanceId id, String token, boolean live) {}

    /// A new driver for the same account, as after a restart: with a deadline of a few seconds for
    /// a call, and [#pageSize] machines to a page.
    CloudDriver connect();

    Site site();

    int pageSize();

    /// Each with the reason why.
    Map<Ability, String> lacks();

    /// Ends all machines, disturbances and lag; gives back all capacity.
    void reset();

    /// Calls are refused for this reason, and do nothing.
    ///
    /// @param after how many calls of the operation pass first; a listing has a call for each page
    /// @param times below 0: all, until [#reset] or [#heal]
    void refuse(Operation operation, CloudFailure.Kind kind, int after, int times);

    /// One call is disturbed.
    ///
    /// @param after how many calls of the operation pass undisturbed first
    void disturb(Operation operation, Disturbance how, int after);

    /// No more refusals and disturbances.
    void heal();

    /// Listings show what was true so long ago.
    void lag(Duration by);

    /// The zone has this many machines of the type in all.
    void capacity(String zone, String instanceType, int machines);

    /// The machine dies by itself.
    void kill(InstanceId id);

    /// What the machine got to run at boot, decoded.
    byte[] userData(InstanceId id);

    /// Every machine ever made.
    List<TrueMachine> truth();

    /// How many calls of the operation arrived so far, refused and disturbed ones included.
    int calls(Operation operation);

    @Override
    void close();
}
