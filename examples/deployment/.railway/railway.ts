import { defineRailway, github, preserve, project, service } from "railway/iac"

export default defineRailway(() => {
  const bot = service("bot", {
    source: github("you/my-bot"), // built by its Dockerfile
    replicas: 1,
    healthcheck: "/health/ready",
    healthcheckTimeout: 60,
    deploy: {
      drainingSeconds: 15, // Railway's own 0 kills at once; the bot's drainTimeout is 8 s
      sleepApplication: false,
      restartPolicyType: "ON_FAILURE",
    },
    env: {
      BOT_TOKEN: preserve(), // set in the dashboard, and kept as it is
      SECRET_TOKEN: preserve(),
      WEBHOOK_URL: "https://${{RAILWAY_PUBLIC_DOMAIN}}/telegram",
    },
  })
  return project("my-bot", { resources: [bot] })
})
