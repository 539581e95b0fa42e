package io.tapetum.server.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;

import io.tapetum.server.source.SourceStatus;

/**
 * Sources of peers as they are sent: {@code {"sources": [{"name": …, "state": "live", "state-seconds": …, "detail": "",
 * "problems": []}]}}.
 */
final class SourceJson {

    private SourceJson() {}

    static String write(List<SourceStatus> sources) {
        return SessionJson.render(Map.of("sources", sources.stream().map(SourceJson::fields).toList()));
    }

    /** Throws {@link IllegalArgumentException} if this is not what {@link #write} writes. */
    static List<SourceStatus> read(String json) {
        try {
            List<SourceStatus> sources = new ArrayList<>();
            for (Config source : SessionJson.parse(json).getConfigList("sources")) {
                sources.add(new SourceStatus(source.getString("name"),
                        SourceStatus.State.valueOf(SessionJson.constant(source.getString("state"))),
                        Duration.ofSeconds(source.getLong("state-seconds")), source.getString("detail"),
                        source.getStringList("problems")));
            }
            return sources;
        } catch (ConfigException e) {
            throw new IllegalArgumentException("not a list of sources: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> fields(SourceStatus source) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", source.name());
        fields.put("state", SessionJson.word(source.state()));
        fields.put("state-seconds", source.sinceState().toSeconds());
        fields.put("detail", source.detail());
        fields.put("problems", source.problems());
        return fields;
    }
}
