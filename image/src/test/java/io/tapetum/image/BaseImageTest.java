package io.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BaseImageTest {

    @TempDir
    private Path folder;
    private Home home = new Home(Path.of("/"));
    private Path library = Path.of("/");

    @BeforeEach
    void prepare() throws IOException {
        home = new Home(folder.resolve("root"));
        Files.createDirectories(home.launcher().getParent());
        Files.writeString(home.launcher(), "launcher");
        library = Files.writeString(folder.resolve("libc.so.6"), "library");
    }

    @Test
    void letsTheLauncherAloneListenOnALowPort() throws IOException {
        byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

        entries().forEach((name, entry) -> assertThat(entry.getExtraPaxHeader("SCHILY.xattr.security.capability"))
                .as(name).isEqualTo(name.equals("opt/tapetum/bin/tapetum")
                        ? new String(capability, StandardCharsets.US_ASCII)
                        : null));
    }

    @Test
    void hasLibrariesWhereTheLoaderLooksForThem() throws IOException {
        assertThat(entries()).containsKey(library.toString().substring(1));
    }

    @Test
    void namesEachFolderOnceBeforeWhatIsInIt() throws IOException {
        assertThat(entries().keySet()).startsWith("etc/", "etc/passwd", "etc/group").contains("opt/", "opt/tapetum/",
                "opt/tapetum/bin/");
    }

    @Test
    void belongsToRootAndBearsNoTimeOfTheBuild() throws IOException {
        entries().forEach((name, entry) -> {
            assertThat(entry.getLongUserId()).as(name).isZero();
            assertThat(entry.getLastModifiedTime().toInstant()).as(name).isEqualTo(Folders.FILE_TIME);
        });
    }

    private Map<String, TarArchiveEntry> entries() throws IOException {
        Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
        byte[] layer = BaseImage.layer(home, List.of(library));
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(layer))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entries.put(entry.getName(), entry)).isNull();
            }
        }
        return entries;
    }
}
