package io.tapetum.load.workload;

import java.time.Duration;
import java.util.List;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/**
 * All sessions end at once; a second later all nodes connect again at once, and announce as soon as their sessions are up.
 * Measured is from the first attempt until everybody knows everything.
 */
public record RestartStorm(Nodes nodes) implements Workload {

    private static final Duration GAP = Duration.ofSeconds(1);

    @Override
    public int clients() {
        return nodes.nodes();
    }

    @Override
    public boolean needsMemory() {
        return true;
    }

    @Override
    public RouteBook book() {
        return nodes.book();
    }

    @Override
    public void run(Scene scene, List<Sample> samples) throws LoadFailedException, InterruptedException {
        scene.connect();
        scene.progress().accept("announcing");
        scene.fleet().announce();
        scene.fleet().settle(scene.settle());
        scene.progress().accept("all at once");
        scene.fleet().disconnect();
        scene.fleet().renew();
        Thread.sleep(GAP);
        samples.add(scene.measure("", scene.fleet()::storm, Scene::convergence));
    }

    @Override
    public String toString() {
        return "restart-storm " + nodes;
    }
}
