package io.tapetum.server.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Function;

import io.tapetum.server.StubReflector;
import io.tapetum.server.reflector.RunningReflector;

/** The stub reflector, but for one answer. */
final class Altered {

    private Altered() {}

    /**
     * @param method whose answer is another
     * @param answer made of the arguments
     */
    static RunningReflector reflector(String method, Function<Object[], Object> answer) {
        StubReflector stub = new StubReflector();
        return (RunningReflector) Proxy.newProxyInstance(Altered.class.getClassLoader(),
                new Class<?>[]{RunningReflector.class}, (_, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.apply(arguments);
                    }
                    try {
                        return called.invoke(stub, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
