// A CDK app as users write it: `node app.mjs OUTDIR good|bad PLUGIN`. Tests look for the lines of its constructs.
import {
  App,
  ArnFormat,
  Duration,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  NestedStack,
  Stack,
  Stage,
  Validations,
} from "aws-cdk-lib";

const [outdir, variant, plugin] = process.argv.slice(2);

const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
const CHECKPOINT = "lambda:CheckpointDurableExecution";
const STATE = "lambda:GetDurableExecutionState";

class Roles extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    this.role = new iam.Role(this, "Role", {
      assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("service-role/AWSLambdaBasicExecutionRole")],
    });
    this.role.addToPolicy(
      new iam.PolicyStatement({
        actions: variant === "good" ? [CHECKPOINT, STATE] : [CHECKPOINT],
        resources: [this.formatArn({ service: "lambda", resource: "function", resourceName: "orders:*", arnFormat })],
      }),
    );
  }
}

class Functions extends Stack {
  constructor(scope, id, { role, ...props }) {
    super(scope, id, props);
    new lambda.Function(this, "Orders", {
      functionName: "orders",
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => 1"),
      role,
      durableConfig: { executionTimeout: Duration.hours(1), retentionPeriod: Duration.days(7) },
    });
    const inner = new NestedStack(this, "Inner");
    new lambda.Function(inner, "Plain", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => 1"),
    });
    // A singleton of CDK's own, whose role may act on every log group.
    new logs.LogRetention(this, "Retention", { logGroupName: "/aws/lambda/orders", retention: 7 });
  }
}

function both(scope, props = {}) {
  const { role } = new Roles(scope, "Roles", props);
  new Functions(scope, "Functions", { role, ...props });
}

const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
both(app);
both(new Stage(app, "Prod"), { env: { account: "111122223333", region: "eu-west-1" } });
const { DurableGuard } = await import(plugin);
Validations.of(app).addPlugins(new DurableGuard({ today: "2026-11-22", ignoreConstruct: /LogRetention/ }));
app.synth();
