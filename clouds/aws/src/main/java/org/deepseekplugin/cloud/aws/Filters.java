package org.deepseekplugin.cloud.aws;

import java.util.Collection;
import java.util.List;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.OwnerTag;
import software.amazon.awssdk.services.ec2.model.Filter;

/// EC2's filters: a thing passes that has one of the values.
final class Filters {

    static Filter of(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    static Filter of(String name, String value) {
        return of(name, List.of(value));
    }

    static Filter owner(OwnerTag owner) {
        return of("tag:" + InstanceTags.OWNER, owner.value());
    }

    private Filters() {}
}
