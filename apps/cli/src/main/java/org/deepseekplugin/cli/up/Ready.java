package org.deepseekplugin.cli.up;

import tools.jackson.databind.JsonNode;

/// What a person reads when everything is up: addresses, and commands that can be pasted.
///
/// @param server what the server wrote about its ports
/// @param detached whether Ctrl-C reaches nothing
record Ready(JsonNode server, DataDir dataDir, Launcher launcher, boolean detached) {
    static final String HEADING = "Ready.";
    static final String LAST_WORDS = "ends everything.";

    String demo(String key) {
        return addresses()
                + """

                In another terminal, ask %s, which runs on an emulated AWS machine:

                  export KEY=%s
                  curl %s/v1/chat/completions \\
                    -H "Authorization: Bearer $KEY" \\
                    -d '{"model": "%s", "messages": [{"role": "user", "content": "What is the capital of France?"}]}'

                  %s
                  %s

                """
                        .formatted(
                                DemoProfile.MODEL,
                                key,
                                url(),
                                DemoProfile.ALIAS,
                                launcher.line("status"),
                                launcher.line("chat") + " \"What is a GPU?\"")
                + ending();
    }

    String plain() {
        return addresses() + "\n  " + launcher.line("status") + "\n\n" + ending();
    }

    private String addresses() {
        return """

        %s
          API      %s/v1
          TLS      %s/v1  (curl --cacert %s)
          control  %s/docs
          logs     %s
        """
                .formatted(
                        HEADING,
                        url(),
                        server.path("tls_url").asString(),
                        Launcher.quoted(dataDir.authority().toString()),
                        url(),
                        dataDir.root().resolve("logs"));
    }

    private String ending() {
        var down = launcher.line("down");
        return detached ? down + "   # " + LAST_WORDS : "Ctrl-C, or " + down + ", " + LAST_WORDS;
    }

    private String url() {
        return server.path("url").asString();
    }
}
