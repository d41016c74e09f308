package org.deepseekplugin.emulator.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LoopbackAddressesTest {

    @Test
    void gives_no_address_twice_where_there_are_many() {
        var addresses = new LoopbackAddresses(new Random(1), true);
        var given = new HashSet<String>();
        for (int i = 0; i < 20_000; i++) {
            assertThat(given.add(addresses.fresh(given::contains))).isTrue();
        }
        assertThat(given)
                .allMatch(
                        address -> address.matches("127\\.(1[6-9]|[2-9]\\d|1\\d\\d|2\\d\\d)\\..*"));
    }

    @Test
    void gives_the_one_that_there_is_where_there_is_only_one() {
        var addresses = new LoopbackAddresses(new Random(1), false);

        assertThat(addresses.fresh(taken -> true)).isEqualTo("127.0.0.1");
    }
}
