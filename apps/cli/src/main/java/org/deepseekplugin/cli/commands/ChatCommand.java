package org.deepseekplugin.cli.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.deepseekplugin.cli.client.ChatClient;
import org.deepseekplugin.cli.client.ChatClient.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "chat",
        description = {
            "Talk to a model; words appear as they are generated.",
            "With -o json each answer comes in one piece, as OpenAI writes it.",
            "Without a message, one is read from each line of standard input."
        },
        mixinStandardHelpOptions = true)
public final class ChatCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(arity = "0..*", paramLabel = "MESSAGE")
    private List<String> words = List.of();

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "Default: the first that is ready.")
    private @Nullable String model;

    @Option(names = "--system", paramLabel = "TEXT", description = "How the model shall behave.")
    private @Nullable String system;

    @Override
    public void run() {
        var client = new ChatClient(session.connection());
        var name = model != null ? model : client.firstModel();
        var conversation = new ArrayList<Message>();
        if (system != null) {
            conversation.add(new Message("system", system));
        }
        if (words.isEmpty()) {
            talk(client, name, conversation);
        } else {
            ask(client, name, conversation, String.join(" ", words));
        }
    }

    private void talk(ChatClient client, String name, List<Message> conversation) {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (var line = prompt(name, input); line != null; line = prompt(name, input)) {
                if (!line.isBlank()) {
                    ask(client, name, conversation, line);
                }
            }
        } catch (IOException e) {
            session.err().println("Standard input broke: " + e.getMessage());
        }
    }

    private @Nullable String prompt(String name, BufferedReader input) throws IOException {
        if (session.isTerminal()) {
            session.out().print(name + "> ");
            session.out().flush();
        }
        return input.readLine();
    }

    private void ask(ChatClient client, String name, List<Message> conversation, String question) {
        conversation.add(new Message("user", question));
        var answer =
                session.isJson()
                        ? printed(client.complete(name, conversation))
                        : streamed(client, name, conversation);
        conversation.add(new Message("assistant", answer));
    }

    private String printed(JsonNode answer) {
        session.json(answer);
        session.out().flush();
        return answer.at("/choices/0/message/content").asString("");
    }

    private String streamed(ChatClient client, String name, List<Message> conversation) {
        var out = session.out();
        var answer =
                client.stream(
                        name,
                        conversation,
                        token -> {
                            out.print(token);
                            out.flush();
                        });
        out.println();
        out.flush();
        return answer;
    }
}
