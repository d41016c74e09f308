package org.deepseekplugin.engine.llama.template;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// C's date formats, as far as templates write dates.
final class Strftime {
    private static final Pattern FIELD = Pattern.compile("%(-?[a-zA-Z%])");

    static String format(String format, ZonedDateTime at) {
        return FIELD.matcher(format)
                .replaceAll(field -> Matcher.quoteReplacement(field(field.group(1), at)));
    }

    private static String field(String field, ZonedDateTime at) {
        var pattern =
                switch (field) {
                    case "Y" -> "uuuu";
                    case "y" -> "uu";
                    case "m" -> "MM";
                    case "-m" -> "M";
                    case "d" -> "dd";
                    case "-d" -> "d";
                    case "B" -> "MMMM";
                    case "b" -> "MMM";
                    case "A" -> "EEEE";
                    case "a" -> "EEE";
                    case "H" -> "HH";
                    case "I" -> "hh";
                    case "M" -> "mm";
                    case "S" -> "ss";
                    case "p" -> "a";
                    case "j" -> "DDD";
                    case "Z" -> "zzz";
                    case "F" -> "uuuu-MM-dd";
                    case "T" -> "HH:mm:ss";
                    case "%" -> "'%'";
                    default ->
                            throw new TemplateException(
                                    "The chat template wants the date field %"
                                            + field
                                            + ", which is not supported.");
                };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(at);
    }

    private Strftime() {}
}
