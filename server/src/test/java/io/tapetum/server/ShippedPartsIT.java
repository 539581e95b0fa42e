package io.tapetum.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What the profile {@code image} makes beside the program; without it there is nothing to look at. */
class ShippedPartsIT {

    private static final Path LIBRARIES = Path.of("target", "lib");
    private static final Path PARTS = Path.of("target", "bom.json");
    private static final Path TEXTS = Path.of("target", "legal");
    private static final Pattern TEXT = Pattern.compile("META-INF/((?:LICENSE|NOTICE)[^/]*)");

    private static List<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    @Test
    void the_list_of_parts_has_every_jar_and_nothing_else() throws Exception {
        assumeThat(PARTS).exists();
        Map<String, String> listed = new TreeMap<>();
        for (JsonNode part : new ObjectMapper().readTree(PARTS.toFile()).get("components")) {
            for (JsonNode hash : part.path("hashes")) {
                if (hash.get("alg").asText().equals("SHA-256")) {
                    listed.put(hash.get("content").asText(), part.get("purl").asText());
                }
            }
        }

        Map<String, String> there = new TreeMap<>();
        for (Path library : libraries()) {
            there.put(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library))),
                    library.toString());
        }
        assertThat(there).isNotEmpty();
        assertThat(listed.keySet()).as("listed are %s, there are %s", listed.values(), there.values())
                .isEqualTo(there.keySet());
    }

    @Test
    void the_list_of_parts_says_nothing_of_when_it_was_made() throws IOException {
        assumeThat(PARTS).exists();

        JsonNode parts = new ObjectMapper().readTree(PARTS.toFile());

        assertThat(parts.has("serialNumber")).isFalse();
        assertThat(parts.get("metadata").has("timestamp")).isFalse();
    }

    @Test
    void the_texts_of_every_jar_are_gathered() throws IOException {
        assumeThat(TEXTS).exists();
        List<String> wanted = new ArrayList<>(List.of("LICENSE", "THIRD-PARTY.md", "LGPL-2.1.txt", "EPL-2.0.md",
                "BSD-3-Clause-protobuf.txt"));
        for (Path library : libraries()) {
            String name = library.getFileName().toString().replaceFirst("-\\d.*", "-jar");
            try (JarFile jar = new JarFile(library.toFile())) {
                jar.stream().map(entry -> TEXT.matcher(entry.getName())).filter(match -> match.matches())
                        .forEach(match -> wanted.add(name + "/" + match.group(1)));
            }
        }

        assertThat(wanted).hasSizeGreaterThan(20).allSatisfy(text -> assertThat(TEXTS.resolve(text)).isNotEmptyFile());
    }
}
