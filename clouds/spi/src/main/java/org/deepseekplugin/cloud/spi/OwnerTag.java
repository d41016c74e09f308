package org.deepseekplugin.cloud.spi;

/// Who a machine belongs to: the installation (one store, one control plane). Listing by it is the
/// truth that reconcile compares with.
///
/// @param value 1 to 64 characters of `[A-Za-z0-9-]`
public record OwnerTag(String value) {
    public OwnerTag {
        if (!value.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException(
                    "owner \"%s\" must be 1 to 64 characters of A-Z, a-z, 0-9 and -"
                            .formatted(value));
        }
    }
}
