using CdBackuper.EndToEnd.Kit;
using CdBackuper.Fakes;
using CdBackuper.Tests.Notices;

namespace CdBackuper.EndToEnd;

/// <summary>What opens a door stands in no log, no answer and no file of the archive, whatever goes wrong.</summary>
public sealed class SecretTests
{
    private const int Limit = 60;

    private static readonly string[] Secrets =
    [
        FakeDiscord.Token, FakeDiscord.WebhookToken, "secret-in-the-path", "secret-in-the-query", "secret-of-signatures", "secret-topic", "secret-of-ntfy", "secret-of-apprise",
    ];

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task No_secret_is_told_by_any_command_or_kept_in_the_archive(int status)
    {
        using var bench = new Bench();
        await using var discord = await FakeDiscord.StartAsync();
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (request, context) => LoopbackServer.Say(
            context, status, $"Cannot POST {request.Path} {string.Join(' ', request.Headers.Values)} {request.Text}");
        if (status != 200)
        {
            discord.Fail("webhooks/", status == 404 ? Fault.Json(404, 10015, "Unknown Webhook") : Fault.Page(status), times: 1000);
        }

        var node = bench.Node().With("LOG_FORMAT", "json").With("NOTIFY_WAIT", "2")
            .With("DISCORD_API_URL", discord.ApiUrl).With("DISCORD_WEBHOOK_URL", discord.WebhookUrl).With("DISCORD_BOT_TOKEN", FakeDiscord.Token)
            .With("DISCORD_CHANNEL_ID", FakeDiscord.Channel).With("DISCORD_LABEL_USERS", FakeDiscord.Person)
            .With("NOTIFY_WEBHOOK_URL", $"{server.Address}secret-in-the-path?key=secret-in-the-query").With("NOTIFY_WEBHOOK_SECRET", "secret-of-signatures")
            .With("NOTIFY_NTFY_URL", $"{server.Address}secret-topic").With("NOTIFY_NTFY_TOKEN", "secret-of-ntfy")
            .With("NOTIFY_APPRISE_URL", $"{server.Address}notify/secret-of-apprise");
        var tray = bench.Folder.NewFolder("tray");
        using var watch = node.StartWatch(tray);
        bench.Photographs(seed: 2501).CopyTo(Path.Combine(tray, "disc.iso"));
        Until.True(() => server.Requests.Count >= 3 && discord.Requests.Count > 1 && bench.Discs.Count == 1, Limit, () => watch.Error);
        watch.StopWith("TERM");
        string[] said =
        [
            watch.Out + watch.Error,
            .. new[] { "notify test", "notify send", "doctor", "list" }.Select(command => node.Run([.. command.Split(' '), "--archive", bench.Archive]).All),
            .. Directory.EnumerateFiles(bench.Archive, "*.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(File.ReadAllText),
            .. Directory.EnumerateFiles(bench.Archive, "*.txt", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Select(File.ReadAllText),
        ];

        Assert.Contains(server.Requests, request => request.Path.Contains("secret-in-the-path", StringComparison.Ordinal));
        Assert.All(said, text => Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }
}
