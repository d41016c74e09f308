package org.deepseekplugin.cli.commands;

import picocli.CommandLine.IVersionProvider;

/// The version of this program, from its jar.
public final class Version implements IVersionProvider {

    static String text() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"deepseek " + text()};
    }
}
