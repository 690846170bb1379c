package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code posix_spawn}: a new process with chosen descriptors, without a fork of the whole JVM.
 *
 * <p>Safe because the C library runs nothing of ours between the fork and the exec; its two opaque
 * structures get more room than any version has needed and are destroyed in every case; all strings
 * live in an arena that is closed after the call returned.
 */
final class PosixSpawn {
  private static final long OPAQUE_BYTES = 512;
  private static final long SIGNAL_SET_BYTES = 128;
  private static final short SETPGROUP = 0x02;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;
  private static final int O_RDWR = 2;

  private static final MethodHandle SPAWN = function("posix_spawn", 6);
  private static final MethodHandle ACTIONS_INIT = function("posix_spawn_file_actions_init", 1);
  private static final MethodHandle ACTIONS_DESTROY =
      function("posix_spawn_file_actions_destroy", 1);
  private static final MethodHandle ADD_CHDIR = function("posix_spawn_file_actions_addchdir_np", 2);
  private static final MethodHandle ATTR_INIT = function("posix_spawnattr_init", 1);
  private static final MethodHandle ATTR_DESTROY = function("posix_spawnattr_destroy", 1);
  private static final MethodHandle SET_DEFAULTS = function("posix_spawnattr_setsigdefault", 2);
  private static final MethodHandle SET_MASK = function("posix_spawnattr_setsigmask", 2);
  private static final MethodHandle SIGFILLSET = function("sigfillset", 1);
  private static final MethodHandle SET_FLAGS =
      Libc.function(
          "posix_spawnattr_setflags", FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT));
  private static final MethodHandle SET_GROUP =
      Libc.function(
          "posix_spawnattr_setpgroup", FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT));
  private static final MethodHandle ADD_CLOSE_FROM =
      Libc.function(
          "posix_spawn_file_actions_addclosefrom_np",
          FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT));
  private static final MethodHandle ADD_CLOSE =
      Libc.function(
          "posix_spawn_file_actions_addclose",
          FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT));
  private static final MethodHandle ADD_DUP2 =
      Libc.function(
          "posix_spawn_file_actions_adddup2",
          FunctionDescriptor.of(Libc.INT, Libc.POINTER, Libc.INT, Libc.INT));
  private static final MethodHandle ADD_OPEN =
      Libc.function(
          "posix_spawn_file_actions_addopen",
          FunctionDescriptor.of(
              Libc.INT, Libc.POINTER, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT));

  private PosixSpawn() {}

  /**
   * Starts the child and returns its number.
   *
   * @param sources our descriptor for each number of the child, all of them above every number
   */
  static int spawn(SpawnRequest request, Map<Integer, OwnedFd> sources) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(OPAQUE_BYTES, 16);
      MemorySegment attributes = arena.allocate(OPAQUE_BYTES, 16);
      check(request, (int) ACTIONS_INIT.invokeExact(actions));
      try {
        check(request, (int) ATTR_INIT.invokeExact(attributes));
        try {
          describeFiles(request, sources, actions, arena);
          describeSignals(request, attributes, arena);
          MemorySegment pid = arena.allocate(Libc.INT);
          MemorySegment program = arena.allocateFrom(request.command().getFirst());
          MemorySegment argv = strings(request.command(), arena);
          MemorySegment envp = strings(variables(request.environment()), arena);
          check(request, (int) SPAWN.invokeExact(pid, program, actions, attributes, argv, envp));
          return pid.get(Libc.INT, 0);
        } finally {
          int ignored = (int) ATTR_DESTROY.invokeExact(attributes);
        }
      } finally {
        int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
      }
    } catch (OsException refused) {
      throw refused;
    } catch (Throwable thrown) {
      throw Libc.impossible(thrown);
    }
  }

  private static void describeFiles(
      SpawnRequest request, Map<Integer, OwnedFd> sources, MemorySegment actions, Arena arena)
      throws Throwable {
    MemorySegment nothing = arena.allocateFrom("/dev/null");
    int end = sources.keySet().stream().mapToInt(number -> number + 1).max().orElse(0);
    for (int number = 0; number < Math.max(3, end); number++) {
      OwnedFd source = sources.get(number);
      if (source != null) {
        check(request, (int) ADD_DUP2.invokeExact(actions, source.number(), number));
      } else if (number < 3) {
        check(request, (int) ADD_OPEN.invokeExact(actions, number, nothing, O_RDWR, 0));
      } else {
        check(request, (int) ADD_CLOSE.invokeExact(actions, number));
      }
    }
    check(request, (int) ADD_CLOSE_FROM.invokeExact(actions, Math.max(3, end)));
    if (request.directory() != null) {
      MemorySegment directory = arena.allocateFrom(request.directory().toString());
      check(request, (int) ADD_CHDIR.invokeExact(actions, directory));
    }
  }

  /** No signal is blocked or ignored in the child, whatever the JVM does with its own. */
  private static void describeSignals(SpawnRequest request, MemorySegment attributes, Arena arena)
      throws Throwable {
    MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
    MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 8);
    check(request, (int) SIGFILLSET.invokeExact(all));
    check(request, (int) SET_MASK.invokeExact(attributes, none));
    check(request, (int) SET_DEFAULTS.invokeExact(attributes, all));
    short place =
        switch (request.group()) {
          case SAME -> 0;
          case OWN_GROUP -> SETPGROUP;
          case OWN_SESSION -> SETSID;
        };
    check(request, (int) SET_GROUP.invokeExact(attributes, 0));
    check(request, (int) SET_FLAGS.invokeExact(attributes, SETSIGDEF | SETSIGMASK | place));
  }

  private static List<String> variables(Map<String, String> environment) {
    List<String> variables = new ArrayList<>();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    return variables;
  }

  private static MemorySegment strings(List<String> strings, Arena arena) {
    MemorySegment array = arena.allocate(Libc.POINTER, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      array.setAtIndex(Libc.POINTER, i, arena.allocateFrom(strings.get(i)));
    }
    return array;
  }

  private static void check(SpawnRequest request, int error) {
    if (error != 0) {
      throw OsException.failed("start " + request.command().getFirst(), error);
    }
  }

  private static MethodHandle function(String name, int pointers) {
    MemoryLayout[] arguments = new MemoryLayout[pointers];
    Arrays.fill(arguments, Libc.POINTER);
    return Libc.function(name, FunctionDescriptor.of(Libc.INT, arguments));
  }
}
