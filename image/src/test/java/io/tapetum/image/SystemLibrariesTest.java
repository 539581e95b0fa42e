package io.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemLibrariesTest {

    @TempDir
    private Path root;

    @Test
    void takesTheLoaderAndWhatLiesOutsideOfTheImage() throws IOException {
        List<Path> needed = needed("\tlinux-vdso.so.1 (0x00007f1f9992f000)",
                "\tlibjli.so => " + root.resolve("lib/libjli.so") + " (0x00007f1f99905000)",
                "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1f9971a000)",
                "\t/lib64/ld-linux-x86-64.so.2 (0x00007f1f99931000)");

        assertThat(needed).containsExactly(Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                Path.of("/lib64/ld-linux-x86-64.so.2"));
    }

    @Test
    void leavesToTheVirtualMachineWhatItLoadsItself() throws IOException {
        Files.createDirectories(root.resolve("lib/server"));
        Files.createFile(root.resolve("lib/server/libjvm.so"));

        assertThat(needed("\tlibjvm.so => not found")).isEmpty();
    }

    @Test
    void namesALibraryThatNobodyHas() {
        assertThatThrownBy(() -> needed("\tlibmissing.so.1 => not found")).isInstanceOf(IOException.class)
                .hasMessageContaining("libmissing.so.1");
    }

    @Test
    void findsTheCLibraryOfAnExecutable() throws IOException, InterruptedException {
        Files.copy(Path.of(System.getProperty("java.home"), "lib", "libjli.so"), root.resolve("libjli.so"));

        assertThat(SystemLibraries.of(root)).anySatisfy(
                library -> assertThat(library.getFileName().toString()).isEqualTo("libc.so.6"));
    }

    private List<Path> needed(String... answer) throws IOException {
        return SystemLibraries.needed(root.resolve("some.so"), List.of(answer), root);
    }
}
