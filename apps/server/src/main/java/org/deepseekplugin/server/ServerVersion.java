package org.deepseekplugin.server;

import java.util.Optional;

/// The version of this program, from its jar; `dev` when it runs from class folders.
final class ServerVersion {

    static String current() {
        return Optional.ofNullable(ServerVersion.class.getPackage().getImplementationVersion())
                .orElse("dev");
    }

    private ServerVersion() {}
}
