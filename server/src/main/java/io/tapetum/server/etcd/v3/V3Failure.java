package io.tapetum.server.etcd.v3;

import java.net.URI;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.tapetum.server.etcd.ConnectionFailure;
import io.tapetum.server.etcd.EtcdException;

/** What to tell operators when a call fails. etcd tells its errors apart by their texts only. */
final class V3Failure {

    private V3Failure() {}

    /** @throws InterruptedException if this thread was interrupted, which gRPC reports as a failure too */
    static EtcdException of(URI endpoint, StatusRuntimeException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Status status = failure.getStatus();
        if (status.getCode() == Status.Code.UNAVAILABLE && status.getCause() != null) {
            return ConnectionFailure.of(endpoint, status.getCause());
        }
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return new EtcdException("etcd at " + endpoint + " does not answer within "
                    + V3Connection.DEADLINE_SECONDS + " s: see whether it is overloaded, or a firewall is in between",
                    failure);
        }
        String said = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        return new EtcdException(sentence(endpoint, said), failure);
    }

    /** @param said by etcd */
    static String sentence(URI endpoint, String said) {
        String who = "etcd at " + endpoint + " ";
        if (said.contains("permission denied")) {
            return who + "does not let this user read these keys: grant its role read permission on the prefix";
        }
        if (said.contains("invalid user ID or password")) {
            return who + "does not know this user name, or not with this password";
        }
        if (said.contains("user name is empty")) {
            return who + "wants a user name and a password: configure them";
        }
        if (said.contains("invalid auth token")) {
            return who + "says that our log-in has expired: logging in again";
        }
        if (said.contains("no leader")) {
            return who + "has lost the other members of its cluster: see whether a majority of them runs";
        }
        if (said.contains("Keepalive failed")) {
            return who + "has stopped answering: see whether it hangs, or the network does";
        }
        return who + "failed: " + said;
    }
}
