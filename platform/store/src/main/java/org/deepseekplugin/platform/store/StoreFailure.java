package org.deepseekplugin.platform.store;

import java.sql.SQLException;

/// The store's own trouble, on its way to becoming a `PlatformException`.
final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailure(SQLException cause) {
        super(cause);
    }
}
