package org.deepseekplugin.emulator.aws.protocol;

import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Writes the XML of AWS: elements, text, no attributes.
public final class Xml {
    private final StringBuilder out = new StringBuilder();

    public Xml text(String name, Object value) {
        out.append('<').append(name).append('>');
        escape(value.toString());
        return close(name);
    }

    public Xml in(String name, Consumer<Xml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        return close(name);
    }

    /// `<name><item>…</item><item>…</item></name>`, EC2's form of a list.
    public <T> Xml items(String name, Collection<T> items, BiConsumer<Xml, T> content) {
        return in(
                name,
                xml -> items.forEach(item -> xml.in("item", inner -> content.accept(inner, item))));
    }

    /// `<name><item>one</item><item>two</item></name>`.
    public Xml texts(String name, Collection<String> texts) {
        return in(name, xml -> texts.forEach(text -> xml.text("item", text)));
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /// What XML 1.0 can carry at all, escaped or not; surrogates come in pairs from a Java string
    /// that was decoded from UTF-8.
    public static boolean isLegal(char c) {
        return (c >= ' ' && c < '\uFFFE') || c == '\t' || c == '\n' || c == '\r';
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                default -> out.append(isLegal(c) ? c : '\uFFFD');
            }
        }
    }
}
