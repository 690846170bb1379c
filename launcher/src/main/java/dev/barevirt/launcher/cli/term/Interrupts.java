package dev.barevirt.launcher.cli.term;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Catches the signals that ask this process to end, for as long as it is open, so that the machine
 * can be asked first.
 *
 * <p>The JDK offers signals only as {@code sun.misc.Signal}, which the compiler may not name
 * without a warning; hence by handle.
 */
public final class Interrupts implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final Api api;
  private final List<Object> before = new ArrayList<>();

  /** The methods of {@code sun.misc.Signal}. */
  private record Api(Class<?> handlerType, MethodHandle constructor, MethodHandle handle) {}

  private Interrupts(Api api) {
    this.api = api;
  }

  /**
   * From now on each such signal is given to the listener, by its name, on a thread of the JDK's.
   */
  public static Interrupts listen(Consumer<String> listener) {
    var interrupts = new Interrupts(api());
    try {
      MethodHandle heard =
          MethodHandles.lookup()
              .findVirtual(
                  Consumer.class, "accept", MethodType.methodType(void.class, Object.class))
              .bindTo(listener);
      for (String name : SIGNALS) {
        MethodHandle ofThisSignal =
            MethodHandles.dropArguments(
                MethodHandles.insertArguments(heard, 0, name), 0, Object.class);
        Object handler =
            MethodHandleProxies.asInterfaceInstance(interrupts.api.handlerType(), ofThisSignal);
        interrupts.before.add(interrupts.set(name, handler));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot listen for signals", e);
    }
    return interrupts;
  }

  private Object set(String name, Object handler) {
    try {
      return api.handle().invoke(api.constructor().invoke(name), handler);
    } catch (Throwable e) {
      throw new IllegalStateException("cannot handle SIG" + name, e);
    }
  }

  private static Api api() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      return new Api(
          handler,
          lookup.findConstructor(signal, MethodType.methodType(void.class, String.class)),
          lookup.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no sun.misc.Signal", e);
    }
  }

  /** Signals do again what they did before. */
  @Override
  public void close() {
    for (int i = 0; i < before.size(); i++) {
      set(SIGNALS.get(i), before.get(i));
    }
  }
}
