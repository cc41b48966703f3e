using System.Diagnostics;
using System.Text.Json.Nodes;
using CdBackuper.Fakes;
using CdBackuper.Tests.Tidy;

namespace CdBackuper.Tests.Discord.Kit;

/// <summary>The real discord.js, as a process of Node's.</summary>
internal sealed class DiscordJs : IDiscordClient
{
    private readonly Process process;
    private readonly List<string> happened = [];

    public DiscordJs(FakeDiscord discord, string token)
    {
        var folder = Path.Combine(SourceTree.Root, "tests/discord-js");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules/discord.js")), "discord.js is not installed: ./test does it (npm ci)");
        var start = new ProcessStartInfo("node", ["client.js", discord.ApiUrl[..discord.ApiUrl.LastIndexOf('/')], token, FakeDiscord.Channel])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Keep($"said {line.Data}");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Happened
    {
        get
        {
            lock (happened)
            {
                return [.. happened];
            }
        }
    }

    public Task FetchAsync(string message) => process.StandardInput.WriteLineAsync($"fetch {message}");

    public Task ReactAsync(string message) => process.StandardInput.WriteLineAsync($"react {message} ✅");

    public Task ReplyAsync(string message, string text) => process.StandardInput.WriteLineAsync($"reply {message} {text}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null || JsonNode.Parse(line) is not { } told)
        {
            return;
        }

        Keep((string)told["event"]! switch
        {
            "online" => "online",
            "message" or "fetched" => $"{told["event"]} {told["id"]} {told["answers"]} {told["text"]}",
            "reacted" => $"reacted {told["id"]}",
            "replied" => "replied",
            "refused" or "stopped" => $"stopped {told["text"]}",
            var other => $"{other} {told["text"]}",
        });
    }

    private void Keep(string line)
    {
        lock (happened)
        {
            happened.Add(line);
        }
    }
}
