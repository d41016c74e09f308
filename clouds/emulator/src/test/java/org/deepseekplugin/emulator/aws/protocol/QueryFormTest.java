package org.deepseekplugin.emulator.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueryFormTest {

    @Test
    void reads_lists_in_the_order_of_their_numbers() {
        var params = Params.decode("Id.10=k&Id.2=b&Id.1=a&Idle=1&Name=a%20b%2Bc+d");

        assertThat(params.list("Id")).containsExactly("a", "b", "k");
        assertThat(params.text("Name")).contains("a b+c d");
    }

    @Test
    void filters_need_all_names_and_any_value_with_wildcards() {
        Map<String, Function<Map<String, String>, List<String>>> attributes =
                Map.of("a", one -> List.of(one.get("a")), "b", one -> List.of(one.get("b")));
        var filter =
                Filters.of(
                        Params.decode(
                                "Filter.1.Name=a&Filter.1.Value.1=x*&Filter.1.Value.2=y?&Filter.2.Name=b&Filter.2.Value.1=1.0"),
                        attributes);

        assertThat(filter.test(Map.of("a", "xyz", "b", "1.0"))).isTrue();
        assertThat(filter.test(Map.of("a", "y1", "b", "1.0"))).isTrue();
        assertThat(filter.test(Map.of("a", "y12", "b", "1.0"))).isFalse();
        assertThat(filter.test(Map.of("a", "x", "b", "1x0"))).isFalse();
    }

    @Test
    void wildcards_stand_for_what_they_stand_for_and_take_no_time() {
        assertThat(Filters.matches("a*c?", "abbbcd")).isTrue();
        assertThat(Filters.matches("*", "")).isTrue();
        assertThat(Filters.matches("a*", "ba")).isFalse();
        assertThat(Filters.matches("a?", "a")).isFalse();
        assertThat(Filters.matches("a.c", "abc")).isFalse();
        assertThat(Filters.matches("*a".repeat(60) + "b", "a".repeat(256))).isFalse();
    }

    @Test
    void pages_hold_everything_once() {
        var all = IntStream.range(100, 200).mapToObj(Integer::toString).toList();
        var seen = new ArrayList<String>();
        var token = "";
        do {
            var page =
                    Page.of(
                            all,
                            Function.identity(),
                            Params.decode("MaxResults=7&NextToken=" + token),
                            5,
                            1000);
            seen.addAll(page.items());
            token = page.next().orElse("");
        } while (!token.isEmpty());

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void a_foreign_page_token_is_refused() {
        var params = new Params(Map.of("NextToken", "nonsense"));

        assertThatThrownBy(() -> Page.of(List.of("a"), Function.identity(), params, 5, 1000))
                .isInstanceOf(AwsError.class);
    }

    @Test
    void xml_never_holds_what_xml_cannot_carry() {
        assertThat(new Xml().text("a", "bell\u0007 return\r 中").toString())
                .isEqualTo("<a>bell\uFFFD return&#xD; 中</a>");
    }

    @Test
    void xml_escapes_what_people_write() {
        assertThat(new Xml().text("a", "<&>\"").toString()).isEqualTo("<a>&lt;&amp;&gt;&quot;</a>");
    }
}
