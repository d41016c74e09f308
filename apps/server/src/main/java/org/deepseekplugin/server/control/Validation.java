package org.deepseekplugin.server.control;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.Collection;
import java.util.List;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.server.http.Problems.Fault;
import tools.jackson.databind.JsonNode;

/// Everything that is wrong with a body or a parameter, each with its place.
final class Validation {

    /// @param where the body's or parameter's name; comes before the pointer
    static List<Fault> faults(String where, Schema schema, JsonNode value) {
        var errors = schema.validate(value);
        return errors.stream()
                .filter(error -> !isOutdone(error, errors))
                .map(error -> new Fault(where + pointer(error), message(schema, error)))
                .distinct()
                .toList();
    }

    /// Of several forms a value may have, the one that it has is the one to complain about.
    private static boolean isOutdone(Error error, List<Error> all) {
        var inside = error.getInstanceLocation() + "/";
        return "type".equals(error.getKeyword())
                && all.stream().anyMatch(other -> pointer(other).startsWith(inside));
    }

    /// Of a field that is not known, the field itself, so that its line can be found.
    private static String pointer(Error error) {
        var unknown = error.getProperty();
        return "additionalProperties".equals(error.getKeyword()) && unknown != null
                ? error.getInstanceLocation() + "/" + unknown
                : error.getInstanceLocation().toString();
    }

    private static String message(Schema schema, Error error) {
        var unknown = error.getProperty();
        if ("additionalProperties".equals(error.getKeyword()) && unknown != null) {
            return unknown(unknown, known(schema, error));
        }
        var value = error.getInstanceNode();
        if ("required".equals(error.getKeyword()) && unknown != null) {
            return "\"%s\" is required here".formatted(unknown);
        }
        if ("enum".equals(error.getKeyword()) && value != null && value.isString()) {
            return notOneOf(value.asString(), allowed(schema, error));
        }
        return value != null && value.isValueNode()
                ? "\"" + value.asString("") + "\": " + error.getMessage()
                : error.getMessage();
    }

    private static String notOneOf(String value, Collection<String> allowed) {
        return "\"%s\" is not one of %s.%s"
                .formatted(value, String.join(", ", allowed), Nearest.hint(value, allowed));
    }

    private static Collection<String> allowed(Schema schema, Error error) {
        var pointer = String.valueOf(error.getSchemaLocation().getFragment());
        return schema.getSchemaNode()
                .at(pointer)
                .valueStream()
                .map(value -> value.asString(""))
                .toList();
    }

    /// Most often a slip of a known one.
    private static String unknown(String name, Collection<String> known) {
        return "\"%s\" is not a field here; there are %s.%s"
                .formatted(name, String.join(", ", known), Nearest.hint(name, known));
    }

    /// The fields beside which the schema allows no other.
    private static Collection<String> known(Schema schema, Error error) {
        var pointer = String.valueOf(error.getSchemaLocation().getFragment());
        var object = schema.getSchemaNode().at(pointer.substring(0, pointer.lastIndexOf('/')));
        return object.path("properties").propertyNames();
    }

    private Validation() {}
}
