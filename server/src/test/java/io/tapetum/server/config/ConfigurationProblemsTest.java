package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators read when a configuration is wrong: file, line, key, the value, and what was expected. */
class ConfigurationProblemsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            as = 0                                  | tapetum.as = 0: expected an AS number from 1 to 4294967295
                                            as = 4294967296                         | tapetum.as = 4294967296: expected an AS number
                                            as = 23456                              | but not 23456 (AS_TRANS)
                                            as = 1.65536                            | tapetum.as = 1.65536: expected an AS number
                                            as = [ 1 ]                              | tapetum.as = [1]: expected an AS number
                                            cluster-id = 0                          | tapetum.cluster-id = 0: expected router-id, or an identifier
                                            cluster-id = 0.0.0.0                    | tapetum.cluster-id = "0.0.0.0": expected router-id, or
                                            connections.maximum = 0                 | expected auto, or a whole number from 1 to 1000000
                                            connections.half-open = auto            | expected a whole number from 1 to 1000000
                                            connections.per-source = 0              | expected a whole number from 1 to 1000
                                            connections.rate = 6001                 | expected a whole number from 1 to 6000
                                            connections.open-time = 500 ms          | expected a time from 1 s to 1 h
                                            connections = many                      | tapetum.connections = "many": expected a block
                                            connections.per_source = 4              | unknown key; did you mean per-source?
                                            events.keep = 99                        | tapetum.events.keep = 99: expected a whole number from 100 to 1000000
                                            events.keep = 1000001                   | tapetum.events.keep = 1000001: expected a whole number from 100 to 1000000
                                            events = 100                            | tapetum.events = 100: expected a block
                                            events.kept = 100                       | tapetum.events.kept: unknown key; known here are keep
                                            event-loops = 1025                      | expected a whole number from 0 to 1024
                                            event-loops = 1.5                       | tapetum.event-loops = 1.5: expected a whole number
                                            event-loops = null                      | tapetum.event-loops = null: expected a value; leave the key out
                                            allow-loopback-next-hop = 1             | expected true or false
                                            listen = "*:179"                        | tapetum.listen = "*:179": expected a list
                                            listen = [ "localhost:179" ]            | tapetum.listen[0] = "localhost:179": expected an address and port
                                            listen = [ "10.0.0.1:0" ]               | tapetum.listen[0] = "10.0.0.1:0": expected an address and port
                                            listen = [ "fe80::1:179:x" ]            | expected an address and port
                                            listen = [ { port = 179 } ]             | tapetum.listen[0].address is missing
                                            listen = [ { address = "*", prt = 1 } ] | tapetum.listen[0].prt: unknown key; did you mean port?
                                            listen = [ "*:179", "10.0.0.1" ]        | expected another address or port than *:179
                                            listen = [ "*:1", "[::1]:1" ]           | expected another address or port than *:1
                                            admin.listen = "10.0.0.1:9179"          | or beside it in tapetum.admin also tls { cert-file = PATH, key-file = PATH } and tokens = [
                                            admin.listen = "127.0.0.1"              | expected off, or an address and port such as 127.0.0.1:9179
                                            listen = ["*:9179"]                     | tapetum.admin.listen = "127.0.0.1:9179": expected another port
                                            admin = 3                               | tapetum.admin = 3: expected a block
                                            keys { store = a }                      | tapetum.keys.store = "a": expected keys.passphrase to be set too
                                            keys { store = a, passphrase = good }   | tapetum.keys.passphrase = "(secret)": expected file:PATH or env:VARIABLE
                                            keys { store = a, passphrase = "keystore:a" } | tapetum.keys.passphrase = "(secret)": expected file:PATH or
                                            keys.overlap = 25 h                     | tapetum.keys.overlap = "25 h": expected a time from 0 ms to 24 h
                                            keys.path = a                           | tapetum.keys.path: unknown key; known here are overlap, passphrase, store
                                            peers = [ { address = 10.0.0.2, tcp-md5-key = "keystore:a" } ] | tapetum.peers[0].tcp-md5-key = "keystore:a": expected tapetum.keys.store to be set too
                                            log.level = loud                        | expected one of error, warn, info, debug, trace
                                            log.format = xml                        | expected one of text, json
                                            log.colour = true                       | tapetum.log.colour: unknown key; known here are format, level
                                            holdTime = 3                            | tapetum.holdTime: unknown key
                                            hold-time = 3                           | it belongs into peer-defaults
                                            local-as = 64512                        | tapetum.local-as: unknown key; did you mean as?
                                            peers = [ { address = 10.0.0.2, peer-as = 1 } ]         | tapetum.peers[0].peer-as: unknown key; did you mean as?
                                            peers = [ { address = 10.0.0.2, router-id = 1.1.1.1 } ] | tapetum.peers[0].router-id: unknown key; did you mean tapetum.router-id, outside of this block?
                                            peer = []                               | tapetum.peer: unknown key; did you mean peers?
                                            dynamic_peers = []                      | tapetum.dynamic_peers: unknown key; did you mean dynamic-peers?
                                            peers = [ 10.0.0.2 ]                    | tapetum.peers[0] = "10.0.0.2": expected a block
                                            peers = [ {} ]                          | tapetum.peers[0].address is missing
                                            peers = [ { address = spine.example } ] | expected the IPv4 or IPv6 address of one host (no host name)
                                            peers = [ { address = "10.1" } ]        | expected the IPv4 or IPv6 address of one host
                                            peers = [ { address = 224.0.0.5 } ]     | expected the IPv4 or IPv6 address of one host
                                            peers = [ { address = 0.0.0.0 } ]       | expected the IPv4 or IPv6 address of one host
                                            dynamic-peers = [ { limit = 1 } ]                     | tapetum.dynamic-peers[0].range is missing
                                            dynamic-peers = [ { range = "fd00::/200" } ]          | "fd00::/200": expected a network
                                            dynamic-peers = [ { range = 10.0.0.0/33 } ]           | "10.0.0.0/33": expected a network
                                            dynamic-peers = [ { range = 10.0.0.0 } ]              | "10.0.0.0": expected a network
                                            dynamic-peers = [ { range = 10.0.0.1/8 } ]            | no bits behind the prefix length: 10.0.0.0/8
                                            dynamic-peers = [ { range = 10.0.0.0/8, limit = 0 } ] | tapetum.dynamic-peers[0].limit = 0: expected a whole
                                            dynamic-peers = [ { range = 10.0.0.0/8, port = 1 } ]  | tapetum.dynamic-peers[0].port: unknown key
                                            dynamic-peers = [ { range = 10.0.0.0/8, connect = active } ] | expected passive
                                            peer-groups = [ a ]                     | tapetum.peer-groups = ["a"]: expected a block
                                            peer-groups { a = 1 }                   | tapetum.peer-groups.a = 1: expected a block
                                            peer-groups { "a.b" { tll = 1 } }       | tapetum.peer-groups."a.b".tll: unknown key; did you mean ttl?
                                            peer-groups { default {} }              | the name default is taken
                                            """)
    void a_wrong_value_is_named_with_what_was_expected(String text, String expected) {
        assertThat(ConfigurationFile.with(folder, text).problems()).singleElement().asString()
                .startsWith("tapetum.conf:").contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            role = reflector                        | expected one of auto, client, non-client, external
                                            cluster-id = 0                          | expected default, or an identifier
                                            client-to-client = maybe                | expected true or false
                                            families = []                           | expected at least one of ipv4, ipv6
                                            families = [ ipv4, ipv4 ]               | expected every family once
                                            families = [ vpnv4 ]                    | expected one of ipv4, ipv6
                                            families = ipv4                         | expected a list
                                            connect = both                          | expected one of passive, active, fallback
                                            port = 65536                            | expected a whole number from 1 to 65535
                                            ttl = 0                                 | expected a whole number from 1 to 255
                                            add-path-send = 1                       | expected off, or all, or a whole number from 2 to 255
                                            add-path-send = true                    | expected off, or all, or a whole number from 2 to 255
                                            graceful-restart-time = 4096            | expected 0 (not announced) or 1 to 4095 seconds
                                            long-lived-stale-time = 169 h           | expected 0 (not announced) or 1 to 604800 seconds
                                            hold-time = 1                           | hold-time = 1: expected 0 (no keepalives) or 3 to 65535 seconds
                                            hold-time = 2 s                         | hold-time = "2 s": expected 0 (no keepalives) or 3 to 65535 seconds
                                            hold-time = 65536                       | expected 0 (no keepalives) or 3 to 65535 seconds
                                            hold-time = 3500 ms                     | expected 0 (no keepalives) or 3 to 65535 seconds
                                            hold-time = 3 parsecs                   | expected 0 (no keepalives) or 3 to 65535 seconds
                                            open-hold-time = 0                      | expected a time from 1 s to 1 h
                                            connect-retry-max = 2 h                 | expected a time from 1 s to 1 h
                                            connect-retry = 5 min                   | connect-retry-max = "60 s" (inherited from
                                            fallback-delay = -1                     | expected a time from 0 ms to 1 h
                                            send-hold-time = 60                     | send-hold-time = 60 (inherited from
                                            maximum-prefixes { ipv4 { limit = 0 } } | ipv4.limit = 0: expected none, or a whole number from 1
                                            maximum-prefixes { ipv4 = 100 }         | ipv4 = 100: expected a block
                                            maximum-prefixes { ipv5 {} }            | maximum-prefixes.ipv5: unknown key; did you mean ipv4?
                                            maximum-prefixes.ipv4.warn-percent = 0  | expected a whole number from 1 to 100
                                            maximum-prefixes.ipv6.action = ignore   | expected one of warn, restart, shutdown
                                            maximum-prefixes.ipv6.restart-after = 0 | expected a time from 1 s to 24 h
                                            next-hop = 10.0.0.1                     | expected one of self, keep
                                            next-hop-to-internal = peer             | expected one of self, keep
                                            send-med = 5                            | expected true or false
                                            local-pref = -1                         | expected a whole number from 0 to 4294967295
                                            local-pref = 4294967296                 | expected a whole number from 0 to 4294967295
                                            enforce-first-as = 64512                | expected true or false
                                            role = external                         | expected client or non-client, because as is the local AS 64512
                                            hold_time = 9                           | unknown key; did you mean hold-time?
                                            """)
    void a_wrong_value_in_the_defaults_is_named_once_however_many_peers_inherit_it(String text, String expected) {
        ConfigurationFile file = ConfigurationFile.with(folder, """
                                                                peer-defaults { %s }
                                                                peer-groups { g {} }
                                                                peers = [ { address = 10.0.0.2, group = g } ]
                                                                """.formatted(text));

        assertThat(file.problems()).singleElement().asString().contains(expected);
    }

    @Test
    void an_inherited_value_is_blamed_where_it_is_written() {
        ConfigurationFile file = ConfigurationFile.with(folder,
                """
                peer-groups { g {
                    ttl = 0 } }
                peers = [ { address = 10.0.0.2, group = g }, { address = 10.0.0.3, group = g } ]
                """);

        assertThat(file.problems()).containsExactly(
                "tapetum.conf:4: tapetum.peer-groups.g.ttl = 0: expected a whole number from 1 to 255");
    }

    @Test
    void a_client_of_another_as_is_a_contradiction() {
        ConfigurationFile file = ConfigurationFile.with(folder,
                "peers = [ { address = 10.0.0.2, as = 65001, role = client } ]");

        assertThat(file.problems()).containsExactly("tapetum.conf:3: tapetum.peers[0].role = \"client\": expected"
                + " external, because as is 65001 and the local AS is 64512");
    }

    @Test
    void nothing_may_stand_twice_and_the_first_place_is_named() {
        ConfigurationFile file = ConfigurationFile.with(folder, """
                                                                peers = [
                                                                  { address = "fd00::2", name = a }
                                                                  { address = "fd00:0::2" }
                                                                  { address = "fd00::3", name = a }
                                                                ]
                                                                dynamic-peers = [
                                                                  { range = 10.0.0.0/8 }
                                                                  { range = 10.0.0.0/8 }
                                                                  { range = 10.0.0.0/9 }
                                                                ]
                                                                """);

        assertThat(file.problems()).hasSize(3).satisfiesExactly(
                address -> assertThat(address).startsWith("tapetum.conf:5: tapetum.peers[1].address = \"fd00:0::2\"")
                        .contains("tapetum.conf:4"),
                name -> assertThat(name).startsWith("tapetum.conf:6: tapetum.peers[2].name = \"a\""),
                range -> assertThat(range).startsWith("tapetum.conf:10: tapetum.dynamic-peers[1].range")
                        .contains("tapetum.conf:9"));
    }

    @Test
    void nobody_inside_of_a_range_with_a_key_can_be_without_one() {
        ConfigurationFile file = ConfigurationFile.with(folder, """
                                                                peers = [
                                                                  { address = 10.0.0.2 }
                                                                  { address = 10.0.0.3, tcp-md5-key = "env:K" }
                                                                  { address = 11.0.0.2 }
                                                                ]
                                                                dynamic-peers = [
                                                                  { range = 10.0.0.0/8, tcp-md5-key = "env:K" }
                                                                  { range = 10.1.0.0/16 }
                                                                ]
                                                                """);

        assertThat(file.problems()).satisfiesExactly(
                peer -> assertThat(peer).startsWith("tapetum.conf:4: tapetum.peers[0]: expected a tcp-md5-key, because"
                        + " tapetum.dynamic-peers[0] has one, for 10.0.0.0/8"),
                range -> assertThat(range).startsWith("tapetum.conf:10: tapetum.dynamic-peers[1]"));
    }

    @Test
    void a_local_address_has_the_family_of_the_peers() {
        ConfigurationFile file = ConfigurationFile.with(folder,
                "peers = [ { address = 10.0.0.2, local-address = \"fd00::1\" } ]");

        assertThat(file.problems()).singleElement().asString()
                .contains("local-address = \"fd00::1\": expected an address of the same family");
    }

    @Test
    void an_unknown_group_is_guessed() {
        ConfigurationFile file = ConfigurationFile.with(folder,
                "peer-groups { spines {} }, peers = [ { address = 10.0.0.2, group = spine } ]");

        assertThat(file.problems()).singleElement().asString().contains("tapetum.peers[0].group = \"spine\"",
                "did you mean spines?");
    }

    @Test
    void all_problems_are_reported_together_in_the_order_of_the_file() {
        ConfigurationFile file = ConfigurationFile.in(folder, "tapetum.conf", """
                                                                              tapetum {
                                                                                as = 0
                                                                                peers = [ { address = x }
                                                                                  { adress = 10.0.0.2 } ]
                                                                                log.level = 1
                                                                              }
                                                                              """);

        assertThat(file.problems()).extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("tapetum.conf", "tapetum.conf:2", "tapetum.conf:3", "tapetum.conf:4", "tapetum.conf:4",
                        "tapetum.conf:5");
    }

    @Test
    void a_value_from_an_included_file_or_a_definition_is_blamed_there() {
        ConfigurationFile.in(folder, "site.conf", "\nhold = 2\n\ntapetum.event-loops = many\n");
        ConfigurationFile file = ConfigurationFile.in(folder, "tapetum.conf",
                "include \"site.conf\"\ntapetum { router-id = 10.0.0.1, peer-defaults { hold-time = ${hold} } }");

        assertThat(file.problems()).satisfiesExactly(
                hold -> assertThat(hold).startsWith("site.conf:2: tapetum.peer-defaults.hold-time = 2"),
                loops -> assertThat(loops).startsWith("site.conf:4: tapetum.event-loops = \"many\""));
    }

    @Test
    void a_required_file_that_is_missing_is_named() {
        assertThat(ConfigurationFile.in(folder, "a.conf", "include required(\"b.conf\")\ntapetum {}").problems())
                .containsExactly("b.conf: there is no such file, but an include requires it");
    }

    @Test
    void a_substitution_that_leads_nowhere_is_named() {
        assertThat(ConfigurationFile.with(folder, "as = ${nowhere.at.all}").problems()).singleElement().asString()
                .startsWith("tapetum.conf:3: ").contains("${nowhere.at.all}");
    }

    @Test
    void text_that_cannot_be_parsed_is_placed() {
        assertThat(ConfigurationFile.with(folder, "as = ]").problems()).singleElement().asString()
                .startsWith("tapetum.conf:3: ");
    }

    @Test
    void keys_beside_the_block_are_not_taken_for_definitions() {
        assertThat(ConfigurationFile.in(folder, "a.conf", "as = 1\ntapetum { router-id = 10.0.0.1 }").problems())
                .containsExactly("a.conf:1: as: expected inside of tapetum { … }");
    }

    @Test
    void a_file_without_the_block_or_with_a_misspelt_one_is_refused() {
        assertThat(ConfigurationFile.in(folder, "a.conf", "").problems())
                .anyMatch(problem -> problem.startsWith("a.conf: expected a block tapetum"));
        assertThat(ConfigurationFile.in(folder, "b.conf", "tapetun { as = 1 }").problems())
                .anyMatch(problem -> problem.startsWith("b.conf:1: tapetun: unknown block; did you mean tapetum?"));
        assertThat(ConfigurationFile.in(folder, "c.conf", "tapetum = 3").problems())
                .anyMatch(problem -> problem.contains("expected a block tapetum"));
    }

    @Test
    void a_file_that_is_not_there_is_said_to_be_missing() {
        assertThat(catchThrowableOfType(ConfigurationException.class,
                () -> Configuration.load(folder.resolve("none.conf"))).problems()).singleElement().asString()
                .endsWith("none.conf: there is no such file");
        assertThat(catchThrowableOfType(ConfigurationException.class,
                () -> Configuration.load(folder)).problems()).singleElement().asString()
                .contains("this is a folder");
    }
}
