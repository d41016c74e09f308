package org.deepseekplugin.server.control;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.server.http.Problems.Fault;
import tools.jackson.databind.JsonNode;

/// Everything that is wrong with a body or a parameter, each with its place.
final class Validation {

    /// @param where the body's or parameter's name; comes before the pointer
    static List<Fault> faults(String where, Schema schema, JsonNode value) {
        return schema.validate(value).stream()
                .map(error -> fault(where, error))
                .distinct()
                .toList();
    }

    private static Fault fault(String where, Error error) {
        var pointer = where + error.getInstanceLocation();
        var value = error.getInstanceNode();
        var said =
                value != null && value.isValueNode()
                        ? "\"" + value.asString("") + "\": " + error.getMessage()
                        : error.getMessage();
        return new Fault(pointer, said + hint(error));
    }

    /// An unknown property is most often a slip of a known one.
    private static String hint(Error error) {
        var unknown = error.getProperty();
        if (!"additionalProperties".equals(error.getKeyword()) || unknown == null) {
            return "";
        }
        return Nearest.hint(unknown, known(error.getSchemaNode(), error).toList());
    }

    private static Stream<String> known(JsonNode schema, Error error) {
        var arguments = error.getSchemaLocation();
        return schema == null || arguments == null
                ? Stream.empty()
                : schema.path("properties").propertyNames().stream();
    }

    private Validation() {}
}
