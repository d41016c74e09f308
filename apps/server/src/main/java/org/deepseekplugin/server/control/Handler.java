package org.deepseekplugin.server.control;

/// Does an operation. Runs on a virtual thread, so it may block; a
/// [org.deepseekplugin.platform.errors.PlatformException] becomes a problem.
@FunctionalInterface
interface Handler {
    ControlReply handle(ControlCall call);
}
