package org.deepseekplugin.cli.up;

import tools.jackson.databind.JsonNode;

/// What a person reads when everything is up.
final class Ready {

    static String demo(JsonNode server, String key) {
        var url = server.path("url").asString();
        return plain(server)
                + """

                Ask the demo model (%s, running on an emulated AWS machine):

                  curl %s/v1/chat/completions \\
                    -H "Authorization: Bearer %s" \\
                    -d '{"model": "%s", "messages": [{"role": "user", "content": "What is the capital of France?"}]}'

                Ctrl-C (or `deepseek down`) ends everything.\
                """
                        .formatted(DemoProfile.MODEL, url, key, DemoProfile.ALIAS);
    }

    static String plain(JsonNode server) {
        var url = server.path("url").asString();
        return """

        Ready.
          API      %s/v1
          TLS      %s/v1
          control  %s/docs
        """
                .formatted(url, server.path("tls_url").asString(), url);
    }

    private Ready() {}
}
