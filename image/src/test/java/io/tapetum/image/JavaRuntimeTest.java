package io.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaRuntimeTest {

    @TempDir
    private Path folder;

    @Test
    void isTheSameToTheOctetEachTimeItIsLinked() throws IOException {
        Path once = folder.resolve("once");
        Path again = folder.resolve("again");

        JavaRuntime.link(once);
        JavaRuntime.link(again);

        assertThat(again.resolve("lib/modules")).hasSameBinaryContentAs(once.resolve("lib/modules"));
    }
}
