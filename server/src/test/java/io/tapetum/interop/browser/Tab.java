package io.tapetum.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A page in a browser, and what it did behind its user's back. One thread uses it. */
public final class Tab implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DevTools tools;
    private final String target;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Tab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
    }

    /** A new, empty one. */
    static Tab in(DevTools tools) {
        String target = tools.call("", "Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
        JsonNode attached = tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true));
        Tab tab = new Tab(tools, target, attached.path("sessionId").asText());
        tools.listen(tab.session, tab::happened);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tab.call(domain + ".enable", Map.of());
        }
        return tab;
    }

    @Override
    public void close() {
        tools.forget(session);
        tools.call("", "Target.closeTarget", Map.of("targetId", target));
    }

    /** Goes to a page and returns when it is there with its scripts. */
    public void open(String url) {
        JsonNode answer = call("Page.navigate", Map.of("url", url));
        if (answer.has("errorText")) {
            throw new IllegalStateException(url + ": " + answer.path("errorText").asText());
        }
        evaluate("new Promise(loaded => document.readyState === 'complete' ? loaded()"
                + " : addEventListener('load', () => loaded()))");
    }

    /** The value of an expression, or of what it promises. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = call("Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    /** What can be read in all elements that a selector names, a line each; empty if there are none that can be seen. */
    public String text(String selector) {
        return evaluate("[...document.querySelectorAll(" + quoted(selector) + ")]"
                + ".filter(element => element.checkVisibility()).map(element => element.innerText).join('\\n')")
                .asText();
    }

    /** Clicks into the middle of an element. */
    public void click(String selector) {
        JsonNode middle = evaluate("(() => { const element = document.querySelector(" + quoted(selector) + ");"
                + " element.scrollIntoView({ block: 'nearest' }); const box = element.getBoundingClientRect();"
                + " return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; })()");
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", middle.path("x").asDouble(), "y",
                    middle.path("y").asDouble(), "button", "left", "clickCount", 1));
        }
    }

    /** Types a text, wherever the focus is. */
    public void type(String text) {
        for (String letter : text.split("")) {
            call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", letter, "text", letter));
            call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", letter));
        }
    }

    /** Presses a key and lets it go. */
    public void press(Key key) {
        for (String type : List.of(key.text.isEmpty() ? "rawKeyDown" : "keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key.name, "code", key.name,
                    "windowsVirtualKeyCode", key.code, "text", type.equals("keyUp") ? "" : key.text));
        }
    }

    /** Makes the page believe that its user prefers {@code dark} or {@code light}. */
    public void prefer(String scheme) {
        call("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Gives the page so many pixels. */
    public void resize(int width, int height) {
        call("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Keeps what can be seen as a PNG. */
    public void screenshot(Path file) {
        JsonNode answer = call("Page.captureScreenshot", Map.of("format", "png"));
        try {
            Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors on the console, exceptions that nobody caught, and requests that failed or were answered with an error. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** The URLs of all requests so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void happened(JsonNode event) {
        JsonNode details = event.path("params");
        switch (event.path("method").asText()) {
            case "Network.requestWillBeSent" -> requests.add(details.path("request").path("url").asText());
            case "Network.loadingFailed", "Runtime.exceptionThrown" -> complaints.add(details.toString());
            case "Network.responseReceived" -> {
                if (details.path("response").path("status").asInt() >= 400) {
                    complaints.add(details.path("response").path("url").asText());
                }
            }
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert").contains(details.path("type").asText())) {
                    complaints.add(details.toString());
                }
            }
            case "Log.entryAdded" -> {
                if (details.path("entry").path("level").asText().equals("error")) {
                    complaints.add(details.path("entry").path("text").asText());
                }
            }
            default -> {
                // Everything else is as it should be.
            }
        }
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every text can be quoted", e);
        }
    }
}
