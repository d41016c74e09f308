package org.deepseekplugin.cloud.spi;

/// How near to each other the machines of one request must be.
public enum Cohesion {
    /// Anywhere in the zone.
    ANY,
    /// On one fast fabric (a placement group, a proximity placement group).
    FABRIC
}
