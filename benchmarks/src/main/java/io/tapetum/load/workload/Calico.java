package io.tapetum.load.workload;

import java.util.List;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/**
 * All nodes of a cluster announce their routes at once; measured is until everybody knows everything. The first round
 * meets a fresh process; for the others all sessions are closed and opened again, and the process is warm.
 */
public record Calico(Nodes nodes, int rounds) implements Workload {

    public Calico {
        Parameter.check("--rounds", rounds, 1, 1000);
    }

    @Override
    public int clients() {
        return nodes.nodes();
    }

    @Override
    public boolean needsMemory() {
        return false;
    }

    @Override
    public RouteBook book() {
        return nodes.book();
    }

    @Override
    public void run(Scene scene, List<Sample> samples) throws LoadFailedException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            if (round > 1) {
                scene.fleet().disconnect();
                scene.fleet().renew();
                Thread.sleep(scene.settle().multipliedBy(4)); // the reflector withdraws everything meanwhile
            }
            scene.connect();
            scene.progress().accept(rounds == 1 ? "announcing" : "announcing, round " + round);
            samples.add(scene.measure(rounds == 1 ? "" : "round " + round, scene.fleet()::announce,
                    Scene::convergence));
        }
    }

    @Override
    public String toString() {
        return "calico " + nodes + (rounds == 1 ? "" : " --rounds " + rounds);
    }
}
