package org.deepseekplugin.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.platform.security.CertificateAuthority;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.SqliteDatabase;
import org.deepseekplugin.server.config.ServerConfig;
import org.deepseekplugin.server.keys.Keys;
import org.deepseekplugin.server.state.DataDir;
import org.deepseekplugin.server.state.Installation;

/// What survives a restart: all of it is below the data directory.
record DurableState(
        DataDir dataDir, Database database, Installation installation, Keys keys, Ledger ledger) {

    /// @param lifecycle owns what is opened
    /// @throws org.deepseekplugin.platform.errors.PlatformException when another server holds it
    static DurableState open(
            ServerConfig config, Clock clock, SecureRandom random, Lifecycle lifecycle) {
        var dataDir = lifecycle.own(DataDir.open(config.dataDir()));
        var database = lifecycle.own(SqliteDatabase.open(dataDir.store()));
        var installation = Installation.open(dataDir.root(), database, clock, random);
        var options = GatewaySettings.ledger(config.gateway());
        var ledger = lifecycle.own(Ledger.open(dataDir.root().resolve("ledger"), options, clock));
        return new DurableState(dataDir, database, installation, new Keys(database, clock), ledger);
    }

    CertificateAuthority authority() {
        return installation.authority();
    }

    /// A folder of the data directory.
    Path folder(String name) {
        return dataDir.root().resolve(name);
    }
}
