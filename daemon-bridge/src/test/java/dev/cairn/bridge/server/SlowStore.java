// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bridge.server;

import dev.cairn.daemon.Daemon;
import dev.cairn.daemon.DaemonException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** A store that lists its items only when it is interrupted. */
final class SlowStore implements TestServer.Layer {
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Daemon over(Daemon daemon) {
        return (Daemon) Proxy.newProxyInstance(
                SlowStore.class.getClassLoader(), new Class<?>[] {Daemon.class}, (_, method, arguments) -> {
                    if (method.getName().equals("allPaths")) {
                        return sleep();
                    }
                    try {
                        return method.invoke(daemon, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Object sleep() throws DaemonException {
        started.countDown();
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts it down");
        } catch (InterruptedException _) {
            interrupted.countDown();
            throw new DaemonException.Cancelled();
        }
    }
}
