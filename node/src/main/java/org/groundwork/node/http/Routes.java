package org.groundwork.node.http;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.util.List;

/** Some routes of a server. */
public interface Routes {
  void addTo(HttpRouting.Builder routing);

  /** What connections may be turned into. */
  default List<Http1Upgrader> upgraders() {
    return List.of();
  }
}
