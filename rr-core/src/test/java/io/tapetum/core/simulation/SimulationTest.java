package io.tapetum.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CheapBuffers.class)
class SimulationTest {

    private static final int DEFAULT_SEEDS = 2000;
    private static final int PROGRESS = 250;

    /**
     * {@code -Dtapetum.simulation.seed=n} runs one seed; {@code -Dtapetum.simulation.seeds=n} so many, from
     * {@code -Dtapetum.simulation.from}.
     */
    @Test
    void whatever_happens_everybody_ends_up_with_the_routes_of_a_full_mesh() {
        Long one = Long.getLong("tapetum.simulation.seed");
        if (one != null) {
            new Simulation(one).run();
            return;
        }
        long from = Long.getLong("tapetum.simulation.from", 1);
        int seeds = Integer.getInteger("tapetum.simulation.seeds", DEFAULT_SEEDS);
        long startedAt = System.nanoTime();
        for (int i = 0; i < seeds; i++) {
            new Simulation(from + i).run();
            if ((i + 1) % PROGRESS == 0) {
                System.out.printf("simulation: %d of %d seeds, %.0f seeds/s%n", i + 1, seeds,
                        (i + 1) * 1e9 / (System.nanoTime() - startedAt));
            }
        }
    }

    @Test
    void a_seed_gives_the_same_run_again() {
        for (long seed = 1; seed <= 20; seed++) {
            Simulation first = new Simulation(seed);
            Simulation second = new Simulation(seed);
            first.run();
            second.run();
            assertThat(second.fingerprint()).as("seed %d", seed).isEqualTo(first.fingerprint());
        }
    }
}
