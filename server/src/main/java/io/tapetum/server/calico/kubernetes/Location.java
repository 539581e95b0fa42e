package io.tapetum.server.calico.kubernetes;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where objects are at an API server, how they are asked for, and what is made of them. For one thread.
 *
 * @param <T> what is made of an object
 */
interface Location<T> {

    /** What is there, for operators. */
    String what();

    /** Of all objects that there may be. It may change. */
    String path() throws InterruptedException;

    /** There is nothing at that path. */
    void doubt();

    /** Whether a cluster may do without such objects. */
    boolean mayBeAbsent();

    /** Which of the objects at that path are meant: a further parameter of each request, or empty for all. */
    String selection();

    /** How a list is asked for. */
    String listType();

    /** How single objects are asked for. */
    String objectType();

    /** An answer, or an event, as an object. The octets are not needed any more. */
    JsonNode json(byte[] octets) throws IOException;

    T read(JsonNode object) throws IOException;

    /** An answer, or an event, is not needed any more, whether anything was made of it or not. */
    void discard(JsonNode answer);

    /** What to do if the server does not permit it, to end a sentence. */
    String permission();
}
