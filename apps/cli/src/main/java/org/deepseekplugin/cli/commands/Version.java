package org.deepseekplugin.cli.commands;

import org.deepseekplugin.platform.version.ProductVersion;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"deepseek " + ProductVersion.current()};
    }
}
