using System.Globalization;
using CdBackuper.Fuzz;
using CdBackuper.Tests.Museum;
using SharpFuzz;

// tests/fuzz/run calls this; see there.
switch (args)
{
    case ["formats"]:
        Console.WriteLine(string.Join('\n', HostileFormats.All.Select(format => format.Name)));
        return 0;
    case ["seeds", var format, var target, .. var corpus]:
        return Seeds.Write(HostileFormats.Of(format), target, corpus.FirstOrDefault());
    case ["fuzz", var name]:
        var fuzzed = HostileFormats.Of(name);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            fuzzed.Check(input.ToArray());
        });
        return 0;
    case ["mutate", var format, var seconds, var seeds, var target]:
        return Mutation.Run(
            HostileFormats.Of(format), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)), seeds, target);
    case ["collect", var format, var target, .. var inputs]:
        return Findings.Collect(HostileFormats.Of(format), target, inputs);
    case ["check", var format, .. var inputs]:
        return Findings.Show(HostileFormats.Of(format), inputs);
    default:
        Console.Error.WriteLine("formats | seeds FORMAT TARGET [CORPUS] | fuzz FORMAT | mutate FORMAT SECONDS SEEDS TARGET"
            + " | collect FORMAT TARGET FILE... | check FORMAT FILE...");
        return 2;
}
