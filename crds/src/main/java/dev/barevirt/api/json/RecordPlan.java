package dev.barevirt.api.json;

import dev.barevirt.api.schema.Required;
import dev.barevirt.api.schema.Unsigned;
import dev.barevirt.api.schema.WireName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one type of record goes over the wire, found out once per type when it is first met.
 *
 * @param type the record
 * @param constructor its canonical constructor
 * @param fields its components by wire name, in their order
 */
record RecordPlan(
    Class<? extends Record> type,
    Constructor<? extends Record> constructor,
    Map<String, Field> fields) {

  private static final ClassValue<RecordPlan> PLANS =
      new ClassValue<>() {
        @Override
        protected RecordPlan computeValue(Class<?> type) {
          return make(type.asSubclass(Record.class));
        }
      };

  /**
   * One component.
   *
   * @param name its name on the wire
   * @param index its place among the constructor's parameters
   * @param shape what it looks like
   * @param nullable whether the record promises nothing about it
   * @param required whether a document must have it
   * @param unsigned whether it is never negative
   * @param accessor reads it
   */
  record Field(
      String name,
      int index,
      Shape shape,
      boolean nullable,
      boolean required,
      boolean unsigned,
      Method accessor) {

    /** What a record has here. */
    @Nullable Object of(Record value) {
      try {
        return accessor.invoke(value);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("accessor " + accessor + " failed", e);
      }
    }

    /** What the constructor gets when the document has nothing here. */
    @Nullable Object absent() {
      Class<?> type = accessor.getReturnType();
      if (!type.isPrimitive()) {
        return null;
      }
      return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : zero(type);
    }

    private static Object zero(Class<?> type) {
      return type == int.class ? (Object) 0 : (Object) 0.0;
    }
  }

  /** The plan of a type. */
  static RecordPlan of(Class<? extends Record> type) {
    return PLANS.get(type);
  }

  private static RecordPlan make(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (int i = 0; i < components.length; i++) {
      Field field = field(components[i], i);
      fields.put(field.name(), field);
    }
    try {
      Class<?>[] parameters =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return new RecordPlan(type, constructor, fields);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type + " has no canonical constructor", e);
    }
  }

  private static Field field(RecordComponent component, int index) {
    WireName wire = component.getAnnotation(WireName.class);
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new Field(
        wire == null ? component.getName() : wire.value(),
        index,
        Shape.of(component.getGenericType()),
        component.getAnnotatedType().isAnnotationPresent(Nullable.class),
        component.isAnnotationPresent(Required.class),
        component.isAnnotationPresent(Unsigned.class),
        accessor);
  }

  /** The names on the wire. */
  List<String> names() {
    return List.copyOf(fields.keySet());
  }
}
