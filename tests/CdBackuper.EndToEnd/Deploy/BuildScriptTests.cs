using CdBackuper.EndToEnd.Kit;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary><c>deploy/build.sh</c> and the platforms of its image. The builder is a script that writes down what it is asked.</summary>
public sealed class BuildScriptTests
{
    private const string Spy = "#!/bin/sh\nprintf '%s ' \"${0##*/}\" \"$@\" >>\"$BUILDS\"\necho >>\"$BUILDS\"\n";
    private static readonly string Script = Path.Combine(Repository.Root, "deploy/build.sh");

    [Theory]
    [InlineData("podman", @"^podman manifest rm reg/cd:1 \npodman build --platform linux/amd64,linux/arm64 --manifest reg/cd:1 -f .*\npodman manifest push --all reg/cd:1 docker://reg/cd:1 \n$")]
    [InlineData("docker", @"^docker buildx build --platform linux/amd64,linux/arm64 --push -t reg/cd:1 -f .*\n$")]
    public void Both_platforms_are_built_and_pushed_under_one_name(string builder, string asked)
    {
        using var folder = new TempFolder();
        Assert.Matches(asked, Run(folder, "--with", builder, "--platform", "linux/amd64,linux/arm64", "--tag", "reg/cd:1", "--push"));
    }

    [Fact]
    public void Podman_is_asked_first_for_the_version_of_the_program_and_this_machine()
    {
        using var folder = new TempFolder();
        var asked = Run(folder);
        Assert.Matches(@"^podman build -t ghcr\.io/wipash/cdbackuper:\d+\.\d+\.\d+ -f \S+/deploy/Containerfile --build-arg VERSION=\d+\.\d+\.\d+ ", asked);
        Assert.DoesNotContain("push", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no option --arch", "--arch", "arm64")]
    [InlineData("needs a value", "--platform")]
    [InlineData("--platform is arm64", "--platform", "arm64")]
    [InlineData("--with is kaniko", "--with", "kaniko")]
    public void What_makes_no_sense_is_refused_with_a_word(string word, params string[] arguments)
    {
        var result = Tool.Run(Script, arguments).Expect(2);
        Assert.Contains(word, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_program_in_an_image_is_for_the_images_own_processor()
    {
        // BuildKit takes a default for what the builder itself should say (github.com/docker/buildx, issue 510).
        var file = File.ReadAllLines(Path.Combine(Repository.Root, "deploy/Containerfile"));
        Assert.Contains("ARG TARGETARCH", file);
        Assert.DoesNotContain(file, line => line.StartsWith("ARG TARGET", StringComparison.Ordinal) && line.Contains('=', StringComparison.Ordinal));
    }

    /// <returns>What the builders were asked, a line each.</returns>
    private static string Run(TempFolder folder, params string[] arguments)
    {
        foreach (var name in new[] { "podman", "docker" })
        {
            File.WriteAllText(folder[name], Spy);
            Tool.Output("chmod", "+x", folder[name]);
        }

        using var build = new RunningProcess(
            Script,
            arguments,
            new Dictionary<string, string?> { ["PATH"] = $"{folder.Path}:/usr/bin:/bin", ["BUILDS"] = folder["builds"] });
        build.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0);
        return File.ReadAllText(folder["builds"]);
    }
}
