package org.deepseekplugin.emulator.clouds;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.platform.security.Secret;

/// What a cloud's protocol stands on.
///
/// @param reception every call goes through it
/// @param lag how late lists are
/// @param clock the clouds'; signatures are checked by the computer's, as the clients'
/// @param random must be a `SecureRandom` outside tests
/// @param metadataSecret signs what machines get from their metadata service
public record Surroundings(
        Machines machines,
        Reception reception,
        Lag lag,
        InstantSource clock,
        RandomGenerator random,
        Secret metadataSecret) {}
