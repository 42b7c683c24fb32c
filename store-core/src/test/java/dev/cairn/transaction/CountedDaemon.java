// SPDX-License-Identifier: Apache-2.0
package dev.cairn.transaction;

import dev.cairn.daemon.Daemon;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A daemon that does something of the test's before every call that can fail, in whatever session: fail, or end the
 * process.
 */
final class CountedDaemon {
    /** What happens before a call. */
    @FunctionalInterface
    interface Before {
        /** @param number of the call, from 1 */
        void call(int number) throws Exception;
    }

    private CountedDaemon() {}

    static Daemon around(Daemon daemon, Before before) {
        return around(daemon, before, new AtomicInteger());
    }

    private static Daemon around(Daemon daemon, Before before, AtomicInteger calls) {
        return (Daemon) Proxy.newProxyInstance(
                CountedDaemon.class.getClassLoader(),
                new Class<?>[] {Daemon.class},
                (_, method, arguments) -> {
                    if (method.getExceptionTypes().length > 0 && !method.getName().equals("close")) {
                        before.call(calls.incrementAndGet());
                    }
                    Object result = invoke(daemon, method, arguments);
                    return method.getName().equals("newSession") ? around((Daemon) result, before, calls) : result;
                });
    }

    private static Object invoke(Daemon daemon, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(daemon, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
