using CdBackuper.Hosting;

namespace CdBackuper.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Without_anything_set_everything_has_its_default()
    {
        var reader = new SettingsReader(_ => null, new Dictionary<string, string>());
        var settings = reader.Read([]);
        Assert.Equal(("./archive", 2, 7200, true, true, 5, false, false), (
            settings.ArchivePath, settings.Retries, (int)settings.Timeout.TotalSeconds, settings.ExtractFiles, settings.DeleteImage,
            (int)settings.Poll.TotalSeconds, settings.RequireMount, settings.LogAsJson));
        Assert.Equal(["/dev/sr*"], settings.DeviceGlobs);
        Assert.Equal(Environment.MachineName, settings.NodeName);
        Assert.All(reader.Lines, line => Assert.Equal("default", line.Source));
        Assert.Equal((5, 6, 900), (settings.RestShare, settings.MinYield, (int)settings.Patience.TotalSeconds));
        Assert.Equal(40, reader.Lines.Count);
        Assert.Equal(("127.0.0.1:8080", false), (settings.Http!.ToString(), settings.Http.IsChosen));
        Assert.Null(settings.NameEncoding);
    }

    [Fact]
    public void The_command_line_comes_before_the_environment_and_that_before_the_default()
    {
        var environment = new Dictionary<string, string>
        {
            ["DATA_ROOT"] = "/env",
            ["DEVICE_GLOB"] = " /dev/sr0\t/dev/sr1 ",
            ["RETRIES"] = "",
            ["NODE_NAME"] = "pi",
        };
        var reader = new SettingsReader(environment.GetValueOrDefault, new Dictionary<string, string> { ["DATA_ROOT"] = "/given" });
        var settings = reader.Read(["/trays/a"]);
        Assert.Equal(("/given", 2, "pi"), (settings.ArchivePath, settings.Retries, settings.NodeName));
        Assert.Equal(["/dev/sr0", "/dev/sr1", "/trays/a"], settings.DeviceGlobs);
        Assert.Contains(new("DATA_ROOT", "/given", "command line"), reader.Lines);
        Assert.Contains(new("NODE_NAME", "pi", "environment"), reader.Lines);
        Assert.Contains(new("RETRIES", "2", "default"), reader.Lines);
        Assert.Contains(new("--tray", "/trays/a", "command line"), reader.Lines);
    }

    [Theory]
    [InlineData("RETRIES", "0")]
    [InlineData("RETRIES", "100")]
    [InlineData("TIMEOUT", "1")]
    [InlineData("TIMEOUT", "604800")]
    [InlineData("UNOWNED_SHARE", "0")]
    [InlineData("UNOWNED_SHARE", "100")]
    [InlineData("MIN_YIELD", "0")]
    [InlineData("MIN_YIELD", "1000000")]
    [InlineData("PATIENCE", "10")]
    [InlineData("PATIENCE", "604800")]
    [InlineData("POLL_SECS", "1")]
    [InlineData("POLL_SECS", "3600")]
    [InlineData("EXTRACT_FILES", "False")]
    [InlineData("EXTRACT_FILES", "0")]
    [InlineData("DELETE_ISO_ON_SUCCESS", "no")]
    [InlineData("REQUIRE_MOUNT", "YES")]
    [InlineData("LOG_FORMAT", "json")]
    [InlineData("HTTP_LISTEN", "off")]
    [InlineData("HTTP_LISTEN", "*:8080")]
    [InlineData("HTTP_LISTEN", "[::1]:0")]
    public void A_value_at_its_bound_is_taken(string name, string value) => Assert.NotNull(Read(name, value));

    [Theory]
    [InlineData("RETRIES", "101", "RETRIES is 101; it takes a whole number from 0 to 100.")]
    [InlineData("RETRIES", "-1", "RETRIES is -1;")]
    [InlineData("RETRIES", "2.5", "RETRIES is 2.5;")]
    [InlineData("RETRIES", " 2", "RETRIES is  2;")]
    [InlineData("TIMEOUT", "0", "TIMEOUT is 0; it takes a whole number from 1 to 604800.")]
    [InlineData("TIMEOUT", "2h", "TIMEOUT is 2h;")]
    [InlineData("TIMEOUT", "99999999999999", "TIMEOUT is 99999999999999;")]
    [InlineData("UNOWNED_SHARE", "101", "from 0 to 100")]
    [InlineData("MIN_YIELD", "1000001", "from 0 to 1000000")]
    [InlineData("PATIENCE", "9", "from 10 to 604800")]
    [InlineData("POLL_SECS", "0", "from 1 to 3600")]
    [InlineData("POLL_SECS", "3601", "from 1 to 3600")]
    [InlineData("EXTRACT_FILES", "maybe", "EXTRACT_FILES is maybe; it takes true or false.")]
    [InlineData("REQUIRE_MOUNT", "2", "REQUIRE_MOUNT is 2; it takes true or false.")]
    [InlineData("LOG_FORMAT", "xml", "LOG_FORMAT is xml; it takes text or json.")]
    [InlineData("NAME_ENCODING", "klingon", "NAME_ENCODING is klingon; it takes auto, or a character set")]
    [InlineData("HTTP_LISTEN", "8080", "HTTP_LISTEN is 8080; it takes an address and a port such as 127.0.0.1:8080")]
    [InlineData("DATA_ROOT", "  ", "DATA_ROOT is empty.")]
    [InlineData("DISCORD_WEBHOOK_URL", "https://example.org/api/webhooks/1/secret", "DISCORD_WEBHOOK_URL can't be used: its host is not Discord's")]
    [InlineData("DISCORD_WEBHOOK_URL", "http://discord.com/api/webhooks/1/secret", "not https")]
    [InlineData("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/secret/slack", "no address of a webhook")]
    [InlineData("DISCORD_API_URL", "discord.com", "DISCORD_API_URL is no http address")]
    [InlineData("DISCORD_BOT_TOKEN", "Bot secret", "DISCORD_BOT_TOKEN has characters that no token has")]
    [InlineData("DISCORD_CHANNEL_ID", "archive", "DISCORD_CHANNEL_ID has archive; it takes ids of Discord")]
    [InlineData("DISCORD_LABEL_USERS", "175928847299117063, me", "DISCORD_LABEL_USERS has me;")]
    public void A_value_out_of_bounds_is_refused_with_what_it_takes(string name, string value, string problem) =>
        Assert.Contains(problem, Assert.Throws<SettingsException>(() => Read(name, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var problems = Assert.Throws<SettingsException>(
            () => new SettingsReader(_ => "nonsense", new Dictionary<string, string>()).Read([])).Message;
        Assert.All(
            new[] { "RETRIES", "TIMEOUT", "UNOWNED_SHARE", "MIN_YIELD", "PATIENCE", "EXTRACT_FILES", "DELETE_ISO_ON_SUCCESS", "POLL_SECS", "REQUIRE_MOUNT", "LOG_FORMAT", "NAME_ENCODING", "CLAIM_PATIENCE", "DISCORD_LABEL_EVERYONE", "HTTP_LISTEN" },
            name => Assert.Contains($"\n  {name} is ", problems, StringComparison.Ordinal));
        Assert.Equal(32, problems.Count(letter => letter == '\n'));
        Assert.All(
            new[] { "DISCORD_WEBHOOK_URL", "DISCORD_EVENTS", "NOTIFY_WEBHOOK_URL", "NOTIFY_NTFY_URL", "NOTIFY_APPRISE_URL", "NOTIFY_HOOK_TIMEOUT", "NOTIFY_WAIT" },
            name => Assert.Contains($"\n  {name} ", problems, StringComparison.Ordinal));
        Assert.DoesNotContain("NOTIFY_WEBHOOK_URL is nonsense", problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shift_jis", 932)]
    [InlineData("ibm850", 850)]
    [InlineData("utf-8", 65001)]
    public void A_character_set_is_known_by_its_name(string name, int codePage) =>
        Assert.Equal(codePage, Read("NAME_ENCODING", name).NameEncoding!.CodePage);

    [Theory]
    [InlineData(null, null, null, 20)]
    [InlineData("tell", null, null, 60)]
    [InlineData("tell", "5", null, 20)]
    [InlineData("tell", "3600", null, 600)]
    [InlineData("tell", "3600", "3", 3)]
    public void An_import_waits_for_as_long_as_its_hook_may_run(string? hook, string? limit, string? wait, int seconds)
    {
        var environment = new Dictionary<string, string?> { ["NOTIFY_HOOK"] = hook, ["NOTIFY_HOOK_TIMEOUT"] = limit, ["NOTIFY_WAIT"] = wait };
        var notices = new SettingsReader(environment.GetValueOrDefault, new Dictionary<string, string>()).Read([]).Notices;
        Assert.Equal(TimeSpan.FromSeconds(seconds), notices.Wait);
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        var environment = new Dictionary<string, string>
        {
            ["DISCORD_WEBHOOK_URL"] = "https://discord.com/api/webhooks/175928847299117063/top-secret-token-of-the-webhook",
            ["DISCORD_BOT_TOKEN"] = "top-secret-token-of-the-bot",
        };
        var reader = new SettingsReader(environment.GetValueOrDefault, new Dictionary<string, string>());
        var settings = reader.Read([]);
        Assert.Equal("top-secret-token-of-the-bot", settings.Discord.BotToken!.Value);
        Assert.DoesNotContain("top-secret", string.Join('\n', reader.Lines) + settings, StringComparison.Ordinal);
        Assert.Contains("175928847299117063", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/secret")]
    [InlineData("DISCORD_WEBHOOK_URL", "https://canary.discord.com/api/v10/webhooks/1/secret?thread_id=5")]
    [InlineData("DISCORD_LABEL_USERS", "175928847299117063, 275928847299117063 375928847299117063")]
    public void Discords_own_forms_are_taken(string name, string value) => Assert.NotNull(Read(name, value));

    private static Settings Read(string name, string value) =>
        new SettingsReader(asked => asked == name ? value : null, new Dictionary<string, string>()).Read([]);
}
