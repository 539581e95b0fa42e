package io.tapetum.server.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A Kubernetes API of a cluster that has nothing in it: every list is empty, and watches stay silent. */
final class EmptyCluster implements AutoCloseable {

    private static final byte[] EMPTY_LIST = """
                                             {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}
                                             """
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService answering;
    private final CountDownLatch closed = new CountDownLatch(1);

    private EmptyCluster(HttpServer server, ExecutorService answering) {
        this.server = server;
        this.answering = answering;
    }

    static EmptyCluster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
        EmptyCluster cluster = new EmptyCluster(server, answering);
        server.setExecutor(answering);
        server.createContext("/", cluster::answer);
        server.start();
        return cluster;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        boolean watch = query != null && query.contains("watch=");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, watch ? 0 : EMPTY_LIST.length);
        if (watch) {
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            exchange.getResponseBody().write(EMPTY_LIST);
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        answering.shutdownNow();
    }
}
