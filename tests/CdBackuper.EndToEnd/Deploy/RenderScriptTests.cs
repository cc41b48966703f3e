using CdBackuper.EndToEnd.Kit;
using k8s.Models;

namespace CdBackuper.EndToEnd.Deploy;

/// <summary><c>deploy/render.sh</c>: the predecessor's build-deploy.sh, with its values as options.</summary>
public sealed class RenderScriptTests
{
    public RenderScriptTests() => _ = Rendering.All;

    [Fact]
    public void The_overlays_are_what_the_script_renders_of_the_same_components()
    {
        string Kustomize(string overlay) =>
            Tool.Output("bash", "-c", "if command -v kustomize >/dev/null; then kustomize build \"$1\"; else kubectl kustomize \"$1\"; fi", "test",
                Path.Combine(Repository.Root, "deploy/kustomize/overlays", overlay));
        Assert.Equal(Rendering.Script("device-plugin", "nfs", "networkpolicy").Out, Kustomize("plugin"));
        Assert.Equal(Rendering.Script().Out, Kustomize("plugin"));
        Assert.Equal(Rendering.Script("privileged", "nfs", "exclude-nodes").Out, Kustomize("predecessor"));
    }

    [Fact]
    public void Its_options_set_the_values_of_a_site()
    {
        var result = Rendering.Script(
            "--nfs", "172.20.0.1:/volume1/Backup/cd archive", "--exclude", "hp1", "--exclude", "nas2.example.org", "--image", "registry.example.org:5000/cd:2",
            "--gid", "100", "--cdrom-gid", "11", "privileged", "nfs");
        result.Expect(0);
        var objects = Rendering.Load(result.Out);
        var importer = objects.OfType<V1DaemonSet>().Single().Spec.Template.Spec;
        var archive = objects.OfType<V1Deployment>().Single().Spec.Template.Spec;
        var nfs = objects.OfType<V1PersistentVolume>().Single().Spec.Nfs;

        Assert.Equal(("172.20.0.1", "/volume1/Backup/cd archive"), (nfs.Server, nfs.Path));
        var term = Assert.Single(importer.Affinity.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms);
        var rule = term.MatchExpressions.Single(each => each.Key == "kubernetes.io/hostname");
        Assert.Equal(("NotIn", "hp1 nas2.example.org"), (rule.OperatorProperty, string.Join(' ', rule.Values)));
        Assert.Equal(["registry.example.org:5000/cd:2", "registry.example.org:5000/cd:2"], [importer.Containers[0].Image, archive.Containers[0].Image]);
        Assert.Equal([11, 100], importer.SecurityContext.SupplementalGroups.Select(group => group!.Value));
        Assert.Equal([100], archive.SecurityContext.SupplementalGroups.Select(group => group!.Value));
    }

    [Fact]
    public void It_writes_the_file_that_the_predecessors_users_apply()
    {
        using var folder = new TempFolder();
        using var running = new RunningProcess(Path.Combine(Repository.Root, "deploy/render.sh"), ["--nfs", "nas:/a"], folder: folder.Path);
        running.WaitForExit(TimeSpan.FromMinutes(1)).Expect(0);
        Assert.Contains(Rendering.Load(File.ReadAllText(folder["deploy.yaml"])), each => each is V1DaemonSet);
    }

    [Fact]
    public void Its_help_tells_every_option_and_component()
    {
        var help = Tool.Run(Path.Combine(Repository.Root, "deploy/render.sh"), "--help").Expect(0).Out;
        var components = Directory.GetDirectories(Path.Combine(Repository.Root, "deploy/kustomize/components")).Select(Path.GetFileName);
        var options = File.ReadLines(Path.Combine(Repository.Root, "deploy/render.sh")).Single(line => line.Contains("--nfs | --exclude", StringComparison.Ordinal));
        Assert.All(
            [.. components, .. options.TrimEnd(')').Split(" | ").Select(option => option.Trim())],
            word => Assert.Matches($@"(?m)^  {word}\s", help));
    }

    [Theory]
    [InlineData("there is no component gpu", "gpu")]
    [InlineData("there is no option --node", "--node", "hp1")]
    [InlineData("need device-plugin or privileged", "nfs")]
    [InlineData("take one", "privileged", "device-plugin")]
    [InlineData("--nfs is nas", "--nfs", "nas")]
    [InlineData("--nfs is nas:/a'b", "--nfs", "nas:/a'b")]
    [InlineData("goes with the component nfs", "--nfs", "nas:/a", "privileged")]
    [InlineData("given by their numbers", "--gid", "users")]
    [InlineData("no name of a node", "--exclude", "hp1\"], \"x\": [\"")]
    [InlineData("a name with a tag", "--image", "registry:5000/cd")]
    [InlineData("needs a value", "--image")]
    public void What_makes_no_sense_is_refused_with_a_word_and_nothing_is_rendered(string word, params string[] arguments)
    {
        var result = Rendering.Script(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(word, result.Error, StringComparison.Ordinal);
    }
}
