package org.deepseekplugin.engine.llama.template;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `x is …`
final class Tests {

    static boolean holds(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> value != Nothing.UNDEFINED;
            case "undefined" -> value == Nothing.UNDEFINED;
            case "none", "None" -> value == Nothing.NONE;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "sequence", "iterable" ->
                    value instanceof List
                            || value instanceof String
                            || value instanceof Map
                            || value == Nothing.UNDEFINED;
            case "number" -> value instanceof Number || value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true", "True" -> value.equals(true);
            case "false", "False" -> value.equals(false);
            case "callable" -> value instanceof Function;
            case "odd" -> Values.number(value) % 2 == 1 || Values.number(value) % 2 == -1;
            case "even" -> Values.number(value) % 2 == 0;
            case "divisibleby" -> Values.integer(value) % Values.integer(arguments.getFirst()) == 0;
            case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
            case "in" -> Operators.compare("in", value, arguments.getFirst());
            case "eq", "equalto", "==", "sameas" -> Operators.equal(value, arguments.getFirst());
            case "ne", "!=" -> !Operators.equal(value, arguments.getFirst());
            case "lt", "lessthan", "<" -> Operators.order(value, arguments.getFirst()) < 0;
            case "le", "<=" -> Operators.order(value, arguments.getFirst()) <= 0;
            case "gt", "greaterthan", ">" -> Operators.order(value, arguments.getFirst()) > 0;
            case "ge", ">=" -> Operators.order(value, arguments.getFirst()) >= 0;
            default ->
                    throw new TemplateException(
                            "The chat template uses the test \""
                                    + name
                                    + "\", which is not supported.");
        };
    }

    private Tests() {}
}
