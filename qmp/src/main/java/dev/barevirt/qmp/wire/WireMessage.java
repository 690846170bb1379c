package dev.barevirt.qmp.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the protocol, read as far as its envelope; payloads stay in their bytes. */
sealed interface WireMessage {
  /** What a server says first. */
  record Greeting(RawJson value) implements WireMessage {}

  /** A successful reply; the id is absent where the peer does not echo ids. */
  record Returned(@Nullable RawJson id, RawJson value) implements WireMessage {}

  /** An error reply; without an id when the peer could not read the request. */
  record Failed(@Nullable RawJson id, String errorClass, String description)
      implements WireMessage {}

  /** Something that happened. */
  record Happened(WireEvent event) implements WireMessage {}

  /** A command from a client. */
  record Requested(@Nullable RawJson id, String name, RawJson arguments) implements WireMessage {}

  /** JSON that is none of the above. */
  record Strange(String why) implements WireMessage {}

  /** Reads one line. */
  static WireMessage read(byte[] line) {
    Map<String, RawJson> members = HashMap.newHashMap(4);
    try (JsonParser parser = RawJson.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Strange("no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (members.put(name, payload(parser, line)) != null) {
          return new Strange("member " + name + " twice");
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        return new Strange("more than one JSON value in a line");
      }
    } catch (IOException e) {
      return new Strange("no JSON: " + e.getClass().getSimpleName());
    }
    return classify(members);
  }

  private static RawJson payload(JsonParser parser, byte[] line) throws IOException {
    parser.nextToken();
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return RawJson.slice(line, from, to - from);
  }

  private static WireMessage classify(Map<String, RawJson> members) {
    RawJson id = members.get("id");
    RawJson value = members.get("return");
    if (value != null) {
      return new Returned(id, value);
    }
    value = members.get("event");
    if (value != null) {
      return new Happened(event(value, members));
    }
    value = members.get("error");
    if (value != null) {
      Json error = value.tree();
      return new Failed(id, error.at("class").text(), error.at("desc").text());
    }
    value = members.get("execute");
    if (value != null) {
      RawJson arguments = members.getOrDefault("arguments", RawJson.EMPTY_OBJECT);
      return new Requested(id, value.tree().text(), arguments);
    }
    value = members.get("QMP");
    return value != null ? new Greeting(value) : new Strange("none of the envelope's members");
  }

  private static WireEvent event(RawJson name, Map<String, RawJson> members) {
    RawJson data = members.getOrDefault("data", RawJson.EMPTY_OBJECT);
    RawJson timestamp = members.get("timestamp");
    long seconds = 0;
    long micros = 0;
    if (timestamp != null) {
      Json at = timestamp.tree();
      seconds = at.at("seconds").integer();
      micros = at.at("microseconds").integer();
    }
    return new WireEvent(name.tree().text(), data, seconds, micros);
  }
}
