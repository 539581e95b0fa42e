package io.tapetum.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({"20000, 19744", "1024, 768", "512, 256", "100, 50", "1, 1", "9223372036854775807, 2147483647"})
    void connections_have_what_is_not_kept_for_everything_else(long limit, int connections) {
        assertThat(OpenFiles.forConnections(limit)).isEqualTo(connections);
    }
}
