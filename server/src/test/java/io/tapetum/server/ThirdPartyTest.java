package io.tapetum.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md is what the build made of the licences that the dependencies declare. */
class ThirdPartyTest {

    private static final Path PAGE = Path.of("..", "THIRD-PARTY.md");
    private static final Path MADE = Path.of("target", "third-party", "THIRD-PARTY.md");

    @Test
    void the_page_names_every_library_with_its_licence() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("copy server/%s over it, after a look at the licences that are new", MADE)
                .isEqualTo(Files.readString(MADE));
    }

    @Test
    void there_is_a_text_of_every_licence_that_libraries_do_not_have_in_their_jars() {
        assertThat(Path.of("..", "LICENSE")).content().contains("Apache License", "Version 2.0");
        assertThat(Path.of("src/main/legal/EPL-2.0.md")).content().contains("Eclipse Public License - v 2.0");
        assertThat(Path.of("src/main/legal/LGPL-2.1.txt")).content().contains("GNU LESSER GENERAL PUBLIC LICENSE");
        assertThat(Path.of("src/main/legal/BSD-3-Clause-protobuf.txt")).content()
                .contains("Copyright 2008 Google Inc.");
    }
}
