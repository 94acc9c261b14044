import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Commands,
  MachineToken,
  Permission,
  PluginClock,
  PluginRequest,
  tokenShownOnce,
} from '@weinao/plugins';
import { RegisterScreenInput } from './notice.inputs.ts';
import { RegisteredScreenType, ScreenType } from './notice.type.ts';
import { screenDecider } from '../domain/screen.decider.ts';
import { ScreenReader } from '../read/screen.reader.ts';

/** The gateway tells every 20 s who is connected. */
const ONLINE_MS = 60_000;

@Resolver()
export class ScreensResolver {
  constructor(
    private readonly commands: Commands,
    private readonly reader: ScreenReader,
    private readonly clock: PluginClock,
  ) {}

  @Query(() => [ScreenType])
  @Permission('notices.manage-screens')
  async screens(@Context() { communityId }: PluginRequest): Promise<ScreenType[]> {
    const since = new Date(Date.parse(this.clock.now()) - ONLINE_MS).toISOString();
    const screens = await this.reader.of(communityId);
    return screens.map((screen) => ({ ...screen, online: (screen.lastSeenAt ?? '') >= since }));
  }

  @Mutation(() => RegisteredScreenType)
  @Permission('notices.manage-screens')
  async registerScreen(
    @Args('input') { id, name, building = null }: RegisterScreenInput,
    @Context() request: PluginRequest,
  ): Promise<RegisteredScreenType> {
    const token = MachineToken.make();
    const asked = { name, building };
    const command = { type: 'RegisterScreen', details: { ...asked, tokenHash: token.hash } } as const;
    const { repeated } = await this.commands.execute(screenDecider, command, request, { id, asked });
    const screen = { id, name, building, lastSeenAt: null, online: false };
    return { screen, freshToken: repeated ? null : token.text };
  }
}

@Resolver(() => RegisteredScreenType)
export class RegisteredScreenResolver {
  @ResolveField(() => String, { description: 'Shown once; the screen’s bearer token' })
  token(@Parent() { freshToken, screen }: RegisteredScreenType): string {
    return freshToken ?? tokenShownOnce(`screen ${screen.id}`);
  }
}
