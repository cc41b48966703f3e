using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd;

/// <summary>What a person or a program types, and what comes back.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("import")]
    [InlineData("show")]
    [InlineData("label", "0001")]
    [InlineData("list", "--no-such-option")]
    [InlineData("import", "a.iso", "b.iso")]
    [InlineData("watch", "--log-format", "xml")]
    public void A_usage_error_ends_with_2(params string[] arguments)
    {
        using var bench = new Bench();
        var result = bench.Node().Run(arguments).Expect(2);
        Assert.NotEmpty(result.Error);
        Assert.False(Directory.Exists(bench.Archive));
    }

    [Theory]
    [InlineData("There is no command 'lits'.", "Did you mean list? cdbackuper --help", "lits")]
    [InlineData("There is no command 'foo'.", "cdbackuper notify --help", "notify", "foo")]
    [InlineData("cdbackuper notify needs a command.", "cdbackuper notify --help", "notify")]
    [InlineData("cdbackuper import has no option --foo.", "cdbackuper import --help", "import", "--foo", "good.iso")]
    [InlineData("cdbackuper import needs SOURCE.", "cdbackuper import --help", "import")]
    [InlineData("cdbackuper label needs TEXT.", "cdbackuper label --help", "label", "1")]
    [InlineData("'b' is one word too many.", "A text with blanks goes between quotation marks.", "label", "1", "a", "b")]
    [InlineData("SOURCE is empty.", "Name a drive such as /dev/sr0", "import", "")]
    public void A_line_that_makes_no_sense_is_told_what_is_wrong_with_it(string problem, string next, params string[] line)
    {
        using var bench = new Bench();
        var result = bench.Node().Run(line).Expect(2);
        Assert.StartsWith($"cdbackuper: {problem}\n  {next}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("watch")]
    [InlineData("import")]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("todo")]
    [InlineData("label")]
    [InlineData("bot")]
    [InlineData("doctor")]
    [InlineData("demo")]
    public void Every_command_has_help_with_an_example(string command)
    {
        using var bench = new Bench();
        var help = bench.Node().Run(command, "--help").Expect(0).Out;
        Assert.Contains("example", help, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"cdbackuper {command}", help, StringComparison.Ordinal);
        Assert.Contains(command, bench.Node().Run("--help").Expect(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_has_a_line_for_every_command_and_option_and_shows_what_may_be_left_out()
    {
        using var bench = new Bench();

        var help = bench.Node().Run("--help").Expect(0).Out;

        var lines = help.Split('\n');
        Assert.Equal(
            ["watch", "serve", "import", "list", "show", "todo", "label", "bot", "adopt", "notify", "doctor", "demo"],
            lines.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Split(' ')[2]));
        Assert.Contains(lines, line => line.StartsWith("  import SOURCE ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  list [SOURCE] ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  -a, --archive DIR ", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 150));
    }

    [Fact]
    public void A_label_is_kept_as_it_is_written_and_finds_the_disc()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(1301, "ONE", "1.iso").Path).Expect(0);
        bench.Node().Import(bench.Photographs(1302, "TWO", "2.iso").Path).Expect(0);
        const string label = "Été à la mer, 2003 / \"Oma\"";

        bench.Node().Run("label", "0002", label, "--archive", bench.Archive).Expect(0);

        var folder = bench.Discs.Single(disc => disc.Name.EndsWith("_TWO", StringComparison.Ordinal));
        Assert.Equal(label, File.ReadAllText(folder["label.txt"]).TrimEnd('\n'));
        foreach (var name in new[] { "0002", "2", folder.Name, folder.Name[..^1], label })
        {
            Assert.Equal((folder.Name, label), (bench.Node().Show(name).Expect(0).Json.Text("folder"), bench.Node().Show(name).Json.Text("label")));
        }
    }

    [Fact]
    public void A_label_that_someone_else_wrote_into_the_folder_is_read()
    {
        using var bench = new Bench();
        bench.Node().Import(bench.Photographs(seed: 1303).Path).Expect(0);
        File.WriteAllText(bench.OnlyDisc["label.txt"], "from the bot\n");

        Assert.Equal("from the bot", bench.Node().Show("0001").Expect(0).Json.Text("label"));
    }

    [Fact]
    public void A_name_that_fits_no_disc_or_two_is_refused_with_a_word()
    {
        using var bench = new Bench();
        foreach (var number in Enumerable.Range(1, 2))
        {
            var files = new SourceFiles(1304 + number).Add("a.txt", 5000);
            var disc = DiscImage.MakeWithUuid(bench.Folder[$"{number}.iso"], $"TWIN{number}", files, "2020010203040500");
            bench.Node().Import(disc.Path).Expect(0);
        }

        var none = bench.Node().Run("show", "nothing-like-it", "--archive", bench.Archive);
        var two = bench.Node().Run("show", "2020-01", "--archive", bench.Archive);

        Assert.NotEqual(0, none.ExitCode);
        Assert.Contains("nothing-like-it", none.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, two.ExitCode);
        Assert.All(bench.Discs, disc => Assert.Contains(disc.Name, two.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_is_one_JSON_document_for_every_command()
    {
        using var bench = new Bench();
        string[][] commands = [["list"], ["show", "0001"], ["label", "0001", "x"], ["import", "missing.iso"]];
        foreach (var command in commands)
        {
            var result = bench.Node().Run([.. command, "--json", "--archive", bench.Folder["no/such/archive"]]);
            Assert.NotEqual(0, result.ExitCode);
            Assert.NotEmpty(result.Json["error"]!.Text("message")!);
            Assert.NotEmpty(result.Json["error"]!.Text("next")!);
        }
    }

    [Fact]
    public void Doctor_says_what_is_missing_and_how_to_get_it()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Archive);
        var node = bench.Node().With("PATH", bench.Folder.NewFolder("empty"));

        var text = node.Run("doctor", "--archive", bench.Archive);
        var json = node.Run("doctor", "--json", "--archive", bench.Archive);

        Assert.NotEqual(0, text.ExitCode);
        Assert.Contains("gddrescue", text.All, StringComparison.Ordinal);
        Assert.NotEqual(0, json.ExitCode);
        Assert.Contains(json.Json.AsArray(), finding => finding!.ToJsonString().Contains("ddrescue", StringComparison.Ordinal));
    }

    [Fact]
    public void Doctor_shows_the_settings_and_no_secret()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Archive);

        var result = bench.Node().With("DISCORD_WEBHOOK_URL", "https://discord.com/api/webhooks/1/verysecret").With("RETRIES", "7")
            .Run("doctor", "--archive", bench.Archive);

        Assert.DoesNotContain("verysecret", result.All, StringComparison.Ordinal);
        Assert.Contains("RETRIES", result.All, StringComparison.Ordinal);
        Assert.Contains(bench.Archive, result.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_without_ddrescue_says_what_to_install()
    {
        using var bench = new Bench();

        var result = bench.Node().With("PATH", bench.Folder.NewFolder("empty")).Import(bench.Photographs(seed: 1307).Path).Expect(1);

        Assert.Contains("gddrescue", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_shows_a_damage_and_its_repair()
    {
        using var bench = new Bench();
        var result = bench.Node().Run("demo", "--archive", bench.Archive).Expect(0);
        Assert.Contains("damaged", result.All, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("perfect", result.All, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0, "doctor")]
    [InlineData(1, "serve")]
    [InlineData(1, "bot")]
    [InlineData(1, "adopt")]
    [InlineData(1, "notify", "send")]
    [InlineData(1, "todo")]
    public void A_command_that_puts_no_disc_into_it_makes_no_archive(int exitCode, params string[] command)
    {
        using var bench = new Bench();
        var node = bench.Node().With("NOTIFY_HOOK", "/bin/true").With("DISCORD_BOT_TOKEN", "token").With("DISCORD_CHANNEL_ID", "123456789012345678")
            .With("DISCORD_LABEL_EVERYONE", "true");
        if (command[0] == "serve")
        {
            node.With("HTTP_LISTEN", "127.0.0.1:0");
        }

        var result = node.Run([.. command, "--archive", bench.Archive]).Expect(exitCode);

        Assert.Contains(exitCode == 0 ? "is not there yet: the first disc makes it" : "There is no archive at", result.All, StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Archive));
    }

    [Fact]
    public void A_folder_that_is_no_archive_is_not_called_one_and_doctor_leaves_nothing_in_it()
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench.Archive);

        bench.Node().Run("doctor", "--archive", bench.Archive).Expect(0);

        Assert.Empty(Directory.EnumerateFileSystemEntries(bench.Archive));
        Assert.Contains("is no archive yet", bench.Node().Run("list", "--archive", bench.Archive).Expect(0).Out, StringComparison.Ordinal);
    }
}
