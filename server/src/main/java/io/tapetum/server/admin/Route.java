package io.tapetum.server.admin;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.inquiry.UnknownPeerException;

/**
 * Something that can be asked for.
 *
 * @param method with which it is asked for
 * @param path of the URL, with names in braces for what is different each time: {@code /v1/sessions/{peer}}
 * @param access who may ask
 * @param needed parameters of the query that must be there
 * @param optional parameters of the query that may be there; any other is refused
 * @param answerer sends the answer
 */
public record Route(Method method, String path, Access access, List<Parameter<?>> needed, List<Parameter<?>> optional,
        Answerer answerer) {

    public Route {
        needed = List.copyOf(needed);
        optional = List.copyOf(optional);
    }

    /** How it is asked for. */
    public enum Method {
        /** Looks, and changes nothing. HEAD is answered wherever GET is. */
        GET(Scope.READ),
        /** Changes something. */
        POST(Scope.WRITE);

        private final Scope scope;

        Method(Scope scope) {
            this.scope = scope;
        }

        /** What a token must be good for. */
        Scope scope() {
            return scope;
        }
    }

    /** Who may ask. */
    public enum Access {
        /** Whoever the {@link Gate} lets in. */
        GATE,
        /** Whoever reaches the endpoint, by any name; only for what tells nothing about peers. */
        ANYBODY
    }

    /** Sends the answer. */
    @FunctionalInterface
    public interface Answerer {

        /**
         * Either sends an answer or throws, and then has sent nothing.
         *
         * @throws RefusedException if there is no answer to this request
         * @throws UnknownPeerException if it names a peer that there is not
         */
        void answer(Request request) throws IOException, RefusedException, UnknownPeerException;
    }

    /** Looks at something, without parameters. */
    public static Route get(String path, Answerer answerer) {
        return new Route(Method.GET, path, Access.GATE, List.of(), List.of(), answerer);
    }

    /** Changes something, without parameters in the query. */
    public static Route post(String path, Answerer answerer) {
        return new Route(Method.POST, path, Access.GATE, List.of(), List.of(), answerer);
    }

    /** The same for whoever reaches the endpoint. */
    public Route forAnybody() {
        return new Route(method, path, Access.ANYBODY, needed, optional, answerer);
    }

    /** The same with these parameters, which must be there. */
    public Route needing(Parameter<?>... parameters) {
        return new Route(method, path, access, List.of(parameters), optional, answerer);
    }

    /** The same with these parameters, which may be there. */
    public Route with(Parameter<?>... parameters) {
        return new Route(method, path, access, needed, List.of(parameters), answerer);
    }

    /** Every parameter that the query may have. */
    public List<Parameter<?>> parameters() {
        return Stream.concat(needed.stream(), optional.stream()).toList();
    }
}
