package io.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {

    @TempDir
    private Path root;

    @Test
    void hasTheServerFirstAndThenTheOthersByName() throws IOException {
        Home home = new Home(root);
        Files.createDirectories(home.app());
        for (String jar : List.of("rib-1.jar", "server-1.jar", "config-1.4.jar")) {
            Files.createFile(home.app().resolve(jar));
        }

        Launcher.configure(home);

        assertThat(Files.readAllLines(home.app().resolve("tapetum.cfg"))).containsSubsequence(
                "app.classpath=$APPDIR/server-1.jar", "app.classpath=$APPDIR/config-1.4.jar",
                "app.classpath=$APPDIR/rib-1.jar", "[JavaOptions]", "java-options=-XX:AOTCache=$APPDIR/tapetum.aot");
    }
}
